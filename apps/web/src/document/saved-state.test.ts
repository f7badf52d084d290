import type { ClientState } from '@manyhands/client'
import { expect, test } from 'vitest'
import { AWAY_AFTER, type SavedState, SLOW_AFTER, type Surroundings, savedState } from './saved-state.ts'
import { detailsText, storedText } from './saved-state-text.ts'

const NOW = 1_000_000
const calm: ClientState = {
  connection: 'live',
  reason: null,
  detail: '',
  retryAt: null,
  lostAt: null,
  role: 'writer',
  unsavedCharacters: 0,
  unsavedSince: null,
  replicas: 1,
  servers: 1,
  moves: 0,
  stateHash: null,
  agreement: null,
  storedAt: null,
  everSynced: true,
  ready: true,
  keeping: 'none',
  foundDamaged: false,
}
const here: Surroundings = { now: NOW, online: true, made: false }
const after = (change: Partial<ClientState>, around: Partial<Surroundings> = {}): SavedState =>
  savedState({ ...calm, ...change }, { ...here, ...around })

test('[S5] whatever else is true, an unacknowledged character is never called saved', () => {
  const connections = ['offline', 'joining', 'live', 'refused'] as const
  const reasons = [null, 'rate-limited', 'not-found'] as const
  const yesOrNo = [true, false]
  for (const connection of connections)
    for (const reason of reasons)
      for (const role of [null, 'writer', 'reader'] as const)
        for (const replicas of [0, 1])
          for (const everSynced of yesOrNo)
            for (const lostAt of [null, NOW])
              for (const online of yesOrNo)
                for (const made of yesOrNo) {
                  const change = {
                    connection,
                    reason,
                    role,
                    replicas,
                    everSynced,
                    lostAt,
                    unsavedCharacters: 1,
                    unsavedSince: NOW,
                  }
                  const state = savedState({ ...calm, ...change }, { now: NOW, online, made })
                  expect(['saved', 'ready'], JSON.stringify(change)).not.toContain(state.kind)
                  if (state.kind === 'read-only') expect(state.characters, JSON.stringify(change)).toBe(1)
                }
})

test('saved is what is connected and has nothing left to save', () => expect(after({})).toEqual({ kind: 'saved' }))

test('saving becomes slow after eight seconds', () => {
  const unsaved = { unsavedCharacters: 12 }
  expect(after({ ...unsaved, unsavedSince: NOW - SLOW_AFTER + 1 })).toEqual({ kind: 'saving', characters: 12 })
  expect(after({ ...unsaved, unsavedSince: NOW - SLOW_AFTER })).toEqual({ kind: 'slow', characters: 12 })
})

test('a lost connection counts down to the next attempt', () => {
  const lost = { connection: 'offline', retryAt: NOW + 3200, unsavedCharacters: 5 } as const
  expect(after(lost)).toEqual({ kind: 'reconnecting', characters: 5, seconds: 4 })
  expect(after({ ...lost, connection: 'joining' })).toEqual({ kind: 'reconnecting', characters: 5, seconds: 0 })
})

test('[S5] a connection that comes back at once is no news, and hides nothing that is unsaved', () => {
  const lost = { connection: 'offline', retryAt: NOW, lostAt: NOW - AWAY_AFTER + 1 } as const
  expect(after(lost)).toEqual({ kind: 'saved' })
  expect(after({ ...lost, role: 'reader' })).toEqual({ kind: 'read-only', reason: null, characters: 0 })
  const unsaved = { unsavedCharacters: 5, unsavedSince: NOW }
  expect(after({ ...lost, ...unsaved, connection: 'joining' })).toEqual({ kind: 'saving', characters: 5 })
  expect(after({ ...lost, ...unsaved, reason: 'not-stored' })).toMatchObject({ kind: 'waiting', characters: 5 })
  expect(after({ ...lost, lostAt: NOW - AWAY_AFTER })).toMatchObject({ kind: 'reconnecting' })
  expect(after(lost, { online: false })).toMatchObject({ kind: 'offline' })
})

test('saved says on how many servers', () => {
  expect(detailsText({ kind: 'saved' }, 2, 3)).toBe('All your changes are on 2 of 3 servers.')
  expect(detailsText({ kind: 'saved' }, 1, 3)).toMatch(/^All your changes are on 1 of 3 servers. The others/)
  expect(detailsText({ kind: 'saved' }, 1, 1)).toBe('All your changes are on the server’s disk.')
})

test('what was stored on another day than today was stored on a date', () => {
  const evening = new Date(2026, 10, 20, 23, 59, 30).getTime()
  expect(storedText(evening, evening + 20_000)).toMatch(/^Last stored at 11:59:30\sPM\.$/)
  expect(storedText(evening, evening + 40_000)).toMatch(/^Last stored on Nov 20, 2026, 11:59:30\sPM\.$/)
})

test('without a network there is nothing to count down to', () =>
  expect(after({ connection: 'offline', retryAt: NOW + 3200 }, { online: false })).toEqual({
    kind: 'offline',
    characters: 0,
  }))

test('the first joining is loading, except of a document made here, where one writes already', () => {
  const joining = { connection: 'joining', everSynced: false } as const
  expect(after(joining)).toEqual({ kind: 'loading' })
  expect(after(joining, { made: true })).toEqual({ kind: 'ready' })
  const unsaved = { unsavedCharacters: 2, unsavedSince: NOW }
  expect(after({ ...joining, ...unsaved }, { made: true })).toEqual({ kind: 'saving', characters: 2 })
})

test('a document made here is ready, not saved, until something is written', () => {
  expect(after({ replicas: 0 }, { made: true })).toEqual({ kind: 'ready' })
  expect(after({ replicas: 1 }, { made: true })).toEqual({ kind: 'saved' })
})

test('a reader is told so', () =>
  expect(after({ role: 'reader' })).toEqual({ kind: 'read-only', reason: null, characters: 0 }))

test('[S5] what a reader wrote before they became one is said to be nowhere else', () => {
  const state = after({ role: 'reader', unsavedCharacters: 14, unsavedSince: NOW })
  expect(state).toEqual({ kind: 'read-only', reason: null, characters: 14 })
  expect(after({ role: 'reader', reason: 'damaged', unsavedCharacters: 14 })).toMatchObject({ kind: 'waiting' })
})

test('whoever reads a damaged document is told why they may not change it', () => {
  const state = after({ role: 'reader', reason: 'damaged' })
  expect(state).toEqual({ kind: 'read-only', reason: 'damaged', characters: 0 })
  expect(detailsText(state, 1, 1)).toContain('damaged')
})

test('whoever waits for a document that is out of reach hears that it is tried again, and of edits only if there are any', () => {
  const away = { connection: 'offline', reason: 'out-of-reach', retryAt: NOW + 4000, everSynced: false } as const
  const state = after(away)
  expect(state).toEqual({ kind: 'waiting', characters: 0, reason: 'out-of-reach' })
  expect(detailsText(state, 0, 0)).toMatch(/cannot be reached.*tried again/)
  expect(detailsText({ ...state, characters: 3 } as SavedState, 0, 0)).toContain('Your edits wait here')
})

test('a server that takes no edits makes them wait; one that refuses ends it', () => {
  const busy = { unsavedCharacters: 3, unsavedSince: NOW, reason: 'rate-limited' } as const
  expect(after(busy)).toEqual({ kind: 'waiting', characters: 3, reason: 'rate-limited' })
  expect(after({ ...busy, connection: 'offline', retryAt: NOW })).toEqual(after(busy))
  const no = { connection: 'refused', reason: 'history-mismatch' } as const
  expect(after(no)).toEqual({ kind: 'refused', characters: 0, reason: 'history-mismatch' })
})
