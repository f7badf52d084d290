import { type Anchor, decodeAnchor, encodeAnchor } from '@manyhands/crdt'
import type { Reader, Writer } from '@manyhands/crdt/bytes'
import { decoded } from './fields.ts'
import { bytesOfHex, hexOfBytes } from './hex.ts'
import { type Person, readPerson, writePerson } from './person.ts'

/** What the others see of someone: who, where their cursor is, whether they look. Never stored. */
export interface PresenceState {
  readonly person: Person
  /** Null while they are not in the text. */
  readonly selection: { readonly anchor: Anchor; readonly head: Anchor } | null
  readonly idle: boolean
  /** What stands first in their window, for who follows them. Absent until it is known. */
  readonly top?: Anchor
  /** 12 hex digits that the tabs of one browser share in this document: they are one person. Self-chosen, like a name. */
  readonly device?: string
}

/** Someone in a document. The number is the server's, and means one connection. */
export interface Member {
  readonly member: number
  readonly state: PresenceState
}

const SELECTION = 1
const IDLE = 2
const TOP = 4
const DEVICE = 8
const DEVICE_BYTES = 6
const LONGEST_ANCHOR = 16

export function writePresenceState(w: Writer, state: PresenceState): void {
  writePerson(w, state.person)
  const { selection, idle, top, device } = state
  const shown = (selection === null ? 0 : SELECTION) | (idle ? IDLE : 0)
  w.byte(shown | (top === undefined ? 0 : TOP) | (device === undefined ? 0 : DEVICE))
  for (const anchor of [selection?.anchor, selection?.head, top]) if (anchor !== undefined) w.blob(encodeAnchor(anchor))
  if (device !== undefined) w.bytes(bytesOfHex(device))
}

export function readPresenceState(r: Reader): PresenceState {
  const person = readPerson(r)
  const flags = r.byte()
  if (flags > (SELECTION | IDLE | TOP | DEVICE)) r.fail('out-of-range', `Unknown presence flags ${flags}`)
  const selection = flags & SELECTION ? { anchor: readAnchor(r), head: readAnchor(r) } : null
  const state = { person, selection, idle: (flags & IDLE) !== 0 }
  const withTop = flags & TOP ? { ...state, top: readAnchor(r) } : state
  return flags & DEVICE ? { ...withTop, device: hexOfBytes(r.bytes(DEVICE_BYTES)) } : withTop
}

function readAnchor(r: Reader): Anchor {
  return decoded(r, decodeAnchor(r.blob(LONGEST_ANCHOR)))
}

export function writeMember(w: Writer, member: Member): void {
  w.varint(member.member)
  writePresenceState(w, member.state)
}

export function readMember(r: Reader): Member {
  return { member: r.varint(), state: readPresenceState(r) }
}
