import type { Role } from '@manyhands/protocol'
import type { Registers } from '../storage/storage.ts'
import type { Ticket } from './ticket.ts'

/** What somebody may do with a document, by what is written down of it and by what they have shown. Null: nothing. Asked for every update. */
export type Access = (registers: Registers, ticket: Ticket) => Role | null
