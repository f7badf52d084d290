/** What the tabs of one browser tell each other of a document, with no server between them. */
import { type Incarnation, type ReplicaId, replicaId } from '@manyhands/crdt'
import { type Address, REGISTER_NAMES, type SharedRegister } from '@manyhands/protocol'

/** The way to the other tabs that have the same document open. */
export interface Tabs {
  /** Joins them. What they say is read before it is believed: another tab may be of another version of the page. */
  join(document: Address, hear: (message: unknown) => void): TabChannel
}

export interface TabChannel {
  say(message: TabMessage): void
  leave(): void
}

/** What a tab says, and its replica; null where another version of the page does not tell it. */
export type TabMessage = { readonly replica: ReplicaId | null } & TabWord

export type TabWord =
  /** What I have. Null: nothing yet. Who has more tells me; who hears it as a question says as much of themselves. */
  | {
      readonly type: 'hi'
      readonly incarnation: Incarnation | null
      readonly version: Uint8Array
      readonly isQuestion: boolean
    }
  | {
      readonly type: 'edits'
      readonly incarnation: Incarnation
      readonly updates: readonly Uint8Array[]
      /** Of my state after them. */
      readonly stateHash: string
      /** What of them no server has from me, where I have no server to give it to: then it is yours to give as well. */
      readonly characters: number
      readonly since: number | null
    }
  | ({ readonly type: 'register'; readonly isUntold: boolean } & SharedRegister)

/** Null for what is no message of this version. */
export function readTabMessage(message: unknown): TabMessage | null {
  if (typeof message !== 'object' || message === null || !('type' in message)) return null
  const fields = message as Readonly<Record<string, unknown>>
  const word = readWord(fields)
  return word && { ...word, replica: readReplica(fields.replica) }
}

type Fields = Readonly<Record<string, unknown>>
type MessageOf<T extends TabWord['type']> = Extract<TabWord, { type: T }>

function readWord(fields: Fields): TabWord | null {
  switch (fields.type) {
    case 'hi':
      return isHi(fields) ? fields : null
    case 'edits':
      return isEdits(fields) ? fields : null
    case 'register':
      return isRegister(fields) ? fields : null
    default:
      return null
  }
}

function readReplica(value: unknown): ReplicaId | null {
  const isReplica = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value < 2 ** 48
  return isReplica ? replicaId(value) : null
}

function isHi(fields: Fields): fields is Fields & MessageOf<'hi'> {
  const { incarnation, version, isQuestion } = fields
  return (
    (incarnation === null || isHex(incarnation)) && version instanceof Uint8Array && typeof isQuestion === 'boolean'
  )
}

function isEdits(fields: Fields): fields is Fields & MessageOf<'edits'> {
  const { incarnation, updates, stateHash, characters, since } = fields
  const areUpdates = Array.isArray(updates) && updates.every((update) => update instanceof Uint8Array)
  const isRisk = typeof characters === 'number' && (since === null || typeof since === 'number')
  return isHex(incarnation) && areUpdates && typeof stateHash === 'string' && isRisk
}

function isRegister(fields: Fields): fields is Fields & MessageOf<'register'> {
  const { name, value, isUntold } = fields
  return REGISTER_NAMES.some((known) => known === name) && typeof value === 'string' && typeof isUntold === 'boolean'
}

function isHex(value: unknown): boolean {
  return typeof value === 'string' && /^[0-9a-f]{32}$/.test(value)
}
