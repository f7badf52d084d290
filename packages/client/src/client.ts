/** What a page is told of one document, and may do with it. */
import type { Anchor, Edit, Incarnation } from '@manyhands/crdt'
import type { Address, LinkKey, Member, Person, RefusalReason, RegisterName, Role } from '@manyhands/protocol'
import type { Clock } from './clock.ts'
import type { Reverted } from './copy.ts'
import type { Keeping } from './device.ts'
import type { Leases } from './leases.ts'
import type { Offline } from './offline.ts'
import type { Registers } from './registers.ts'
import type { ServerMemory } from './servers.ts'
import type { Agreed, Session } from './session.ts'
import type { Tabs } from './tabs.ts'
import type { Transport } from './transport.ts'

export interface ClientOptions {
  readonly document: Address
  /** Addresses; the first is called first. */
  readonly servers: readonly string[]
  readonly person: Person
  readonly transport: Transport
  readonly clock: Clock
  /** From 0 up to 1. */
  readonly random: () => number
  /** True: this device has just made the document up. False: a server has it. */
  readonly create: boolean
  /** As what this tab has made the document up, now or before it was loaded again: then what this device has nothing of, nobody has. */
  readonly madeHere?: Incarnation | null
  /** The keys of links to edit the document that this device has been given, the latest first, with spaces between. */
  readonly token?: string
  readonly wakeups?: Wakeups
  readonly memory?: ServerMemory
  /** Where this device keeps documents. */
  readonly offline?: Offline
  /** The other tabs of this browser, */
  readonly tabs?: Tabs
  /** and who of them may speak for one that has gone. */
  readonly leases?: Leases
  /** What the tabs of this browser have in common: 12 hex digits, not known to anybody else. */
  readonly device?: string
  /** What is long is pushed in parts of so much: what fits a message, but for tests. */
  readonly partBytes?: number
  /** So many notes on the device, and the whole is written anew: `MOST_ENTRIES`, but for tests. */
  readonly mostEntries?: number
}

/** Signs that waiting has become pointless: the network is back, the page is seen again. Returns how to stop listening. */
export interface Wakeups {
  subscribe(wake: () => void): () => void
}

/** Where the client stands, for a person to see. */
export interface ClientState {
  readonly connection: Session['state']
  /** What a server had against us: while refused, while offline because of it, and while it takes no pushes or makes us readers. */
  readonly reason: RefusalReason | null
  readonly detail: string
  /** When the next attempt will be, while offline. */
  readonly retryAt: number | null
  /** When the last connection was lost; null while there is one, and before the first. */
  readonly lostAt: number | null
  /** As a server said it last. */
  readonly role: Role | null
  /** Characters inserted and deleted here that no server has stored. Saved is what has none. */
  readonly unsavedCharacters: number
  readonly unsavedSince: number | null
  /** On how many servers the last acknowledged edit is, */
  readonly replicas: number
  /** of how many. */
  readonly servers: number
  /** How often we have moved to another server, and it has stored all that we had. */
  readonly moves: number
  /** The state a server last said it has. Everyone with this hash has the same text. */
  readonly stateHash: string | null
  /** How many servers said last that the state on their disks has this hash; nobody has asked them yet where it is null. */
  readonly agreement: Agreed | null
  /** When a server last said that it has stored something of ours. */
  readonly storedAt: number | null
  /** Whether a server has ever welcomed this client. */
  readonly everSynced: boolean
  /** Whether there is a text to show and to edit. */
  readonly ready: boolean
  /** Whether this device keeps the document, for when no server can be reached. */
  readonly keeping: Keeping
  /** Whether what this device had kept of it could not be read, and was put away. */
  readonly foundDamaged: boolean
}

/** What undo and redo answer. */
export type Reversal = Pick<Reverted, 'edits' | 'selection'>

/** One document, kept in step with a server for as long as it is open. */
export interface Client {
  text(): string
  /** Throws an Error before the text is `ready`, and a RangeError for what is not an edit of it. */
  edit(edits: readonly Edit[], at?: { readonly selection: readonly [anchor: number, head: number] }): void
  undo(): Reversal | null
  redo(): Reversal | null
  /** What is not typed here; `fromMyTab`: a tab of the same browser has said it. */
  onRemote(listener: (edits: readonly Edit[], fromMyTab: boolean) => void): () => void
  anchorAt(index: number, side: 'before' | 'after'): Anchor
  indexOf(anchor: Anchor): number | null

  /** The same object until something in it changes; so are `registers`, `members` and `me`. */
  readonly state: ClientState
  /** What is shared of the document beside its text: as it was said here last, or by a server. Empty where nobody has said anything. */
  readonly registers: Registers
  setRegister(name: RegisterName, value: string): void
  /** The register `title`. */
  readonly title: string
  rename(title: string): void
  /** The others. Empty while there is no connection. */
  readonly members: readonly Member[]
  readonly me: Person
  setPerson(person: Person): void
  setSelection(anchor: number, head: number): void
  /** What stands first in my window. */
  setTop(index: number): void
  /** Hears that the state, the registers, the members or my person may have changed. Returns how to stop. */
  subscribe(listener: () => void): () => void
  /** Of the text here. Empty before it is ready. */
  hash(): string
  /** Whether this device has written down by now everything that was done here. */
  readonly isKept: boolean
  /** Tries now, also after a refusal. */
  reconnectNow(): void
  /** This device was given another link to edit the document. */
  addKey(key: LinkKey): void
  close(): void
}
