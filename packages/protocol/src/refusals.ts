/** Why a server says no. The codes are stable: clients, logs and translations rely on them. */
export type RefusalReason =
  | 'bad-message'
  | 'too-large'
  | 'bad-document-id'
  | 'client-too-old'
  | 'server-too-old'
  | 'not-found'
  | 'history-mismatch'
  | 'forbidden'
  | 'forged-author'
  | 'rate-limited'
  | 'too-many-connections'
  | 'not-stored'
  | 'document-too-large'
  | 'shutting-down'
  | 'damaged'
  | 'out-of-reach'

/** What a refused client may hope for: a permanent refusal stays one; after a transient one it tries again, later. */
export type Band = 'permanent' | 'transient'

export interface Refusal {
  readonly reason: RefusalReason
  readonly detail: string
}

interface Entry {
  readonly reason: RefusalReason
  readonly band: Band
  readonly sentence: string
}

/** A reason's number on the wire is its place in this list: append, never reorder. */
const REFUSALS: readonly Entry[] = [
  { reason: 'bad-message', band: 'permanent', sentence: 'The server did not understand this page. Reload it.' },
  { reason: 'too-large', band: 'permanent', sentence: 'This is too much at once. Paste it in smaller parts.' },
  { reason: 'bad-document-id', band: 'permanent', sentence: 'This link does not lead to a document.' },
  { reason: 'client-too-old', band: 'permanent', sentence: 'The server speaks a newer language. Reload this page.' },
  {
    reason: 'server-too-old',
    band: 'transient',
    sentence: 'The server is older than this page. Wait until it is updated.',
  },
  { reason: 'not-found', band: 'permanent', sentence: 'There is no such document.' },
  {
    reason: 'history-mismatch',
    band: 'permanent',
    sentence: 'This copy and the one on the server began as different documents. Keep yours as a new one.',
  },
  { reason: 'forbidden', band: 'permanent', sentence: 'You may read this document, but not change it.' },
  { reason: 'forged-author', band: 'permanent', sentence: 'This would write in the name of somebody else.' },
  { reason: 'rate-limited', band: 'transient', sentence: 'Too much in too short a time. It goes on in a moment.' },
  {
    reason: 'too-many-connections',
    band: 'transient',
    sentence: 'The server is full. It goes on when somebody leaves.',
  },
  { reason: 'not-stored', band: 'transient', sentence: 'The server cannot write to its disk. Your text is kept here.' },
  { reason: 'document-too-large', band: 'permanent', sentence: 'This document is as long as a document can be.' },
  { reason: 'shutting-down', band: 'transient', sentence: 'The server is restarting.' },
  { reason: 'damaged', band: 'transient', sentence: "The server's copy of this document is damaged." },
  {
    reason: 'out-of-reach',
    band: 'transient',
    sentence: 'Another server may have this document, and cannot be reached just now.',
  },
]

const byReason: ReadonlyMap<string, Entry> = new Map(REFUSALS.map((r) => [r.reason, r]))
const numbers: ReadonlyMap<RefusalReason, number> = new Map(REFUSALS.map((r, n) => [r.reason, n]))

export const refusalReasons: readonly RefusalReason[] = REFUSALS.map((r) => r.reason)

export function isRefusalReason(code: string): code is RefusalReason {
  return byReason.has(code)
}

/** Whether to try again. */
export function bandOf(reason: RefusalReason): Band {
  return byReason.get(reason)?.band ?? 'permanent'
}

/** The reason in plain English, for a person. */
export function sentenceOf(reason: RefusalReason): string {
  return byReason.get(reason)?.sentence ?? reason
}

export function numberOf(reason: RefusalReason): number {
  return numbers.get(reason) ?? 0
}

export function reasonOf(number: number): RefusalReason | null {
  return REFUSALS[number]?.reason ?? null
}
