import type { Member, PresenceState } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import { withPresence } from '../src/members.ts'

const state = (name: string): PresenceState => ({ person: { name, color: '#336699' }, selection: null, idle: false })
const others: readonly Member[] = [
  { member: 4, state: state('Ana') },
  { member: 2, state: state('Ben') },
]

test('who comes stands last, who moves keeps their place, who leaves is gone', () => {
  const names = (members: readonly Member[]): readonly string[] => members.map((member) => member.state.person.name)
  const three = withPresence(others, { type: 'presence', member: 7, state: state('Cleo') })
  expect(names(three)).toEqual(['Ana', 'Ben', 'Cleo'])
  expect(names(withPresence(three, { type: 'presence', member: 4, state: state('Anna') }))).toEqual([
    'Anna',
    'Ben',
    'Cleo',
  ])
  expect(names(withPresence(three, { type: 'presence', member: 2, state: null }))).toEqual(['Ana', 'Cleo'])
  expect(names(withPresence(others, { type: 'presence', member: 9, state: null }))).toEqual(['Ana', 'Ben'])
})
