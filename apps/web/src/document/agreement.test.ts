import type { Client, ClientState } from '@manyhands/client'
import { expect, test } from 'vitest'
import { german } from '../texts-de.ts'
import { english } from '../texts-en.ts'
import { french } from '../texts-fr.ts'
import { agreeing } from './agreement.ts'

const agreement = { agreeing: 3, servers: 3, stateHash: '7f3a' }
const saved = { connection: 'live', unsavedCharacters: 0, agreement } as const

function of(change: Partial<ClientState>, hash = '7f3a'): Pick<Client, 'state' | 'hash'> {
  return { state: { ...saved, ...change } as ClientState, hash: () => hash }
}

test('servers agree when the state here is the one that they said they have', () => {
  expect(agreeing(of({}))).toBe(3)
})

test('nothing is said of what is under way, was changed since, or cannot be asked', () => {
  const others = [of({ unsavedCharacters: 1 }), of({}, '0000'), of({ agreement: null }), of({ connection: 'offline' })]
  expect(others.map(agreeing)).toEqual([0, 0, 0, 0])
})

test('one server agrees, and two agree, in every language', () => {
  const said = [english, german, french].map(({ details }) => [details.agree(1, 3), details.agree(2, 3)])
  expect(said).toEqual([
    ['1 of 3 agrees.', '2 of 3 agree.'],
    ['1 von 3 stimmt überein.', '2 von 3 stimmen überein.'],
    ['1 sur 3 concorde.', '2 sur 3 concordent.'],
  ])
})
