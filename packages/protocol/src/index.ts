export type { Agreement } from './agreement.ts'
export type { Bye } from './bye.ts'
export type { Catalogue } from './catalogue.ts'
export type { CatchUp } from './catch-up.ts'
export type { CatchUpAnswer } from './catch-up-answer.ts'
export { type ClientMessage, decodeClientMessage, encodeClientMessage } from './client-messages.ts'
export type { CompareAnswer, ComparedDocument } from './compare-answer.ts'
export { type DocumentId, parseDocumentId, randomDocumentId } from './document-id.ts'
export type { Address, Hello } from './hello.ts'
export * from './limits.ts'
export { type LinkKey, parseLinkKey, randomLinkKey } from './link-key.ts'
export type { MemberPresence } from './member-presence.ts'
export type { NotReplicated } from './not-replicated.ts'
export { Decoder, Encoder, MESSAGE_EVENT } from './one-frame-parser.ts'
export { decodePeerMessage, encodePeerMessage, type PeerMessage } from './peer-messages.ts'
export type { Whereabouts } from './peer-presence.ts'
export type { PeerRefusalReason } from './peer-refused.ts'
export { cleanName, isColor, type Person } from './person.ts'
export type { Presence } from './presence.ts'
export type { Member, PresenceState } from './presence-state.ts'
export { PROTOCOL_VERSION } from './protocol-version.ts'
export type { Push } from './push.ts'
export {
  type Band,
  bandOf,
  isRefusalReason,
  type Refusal,
  type RefusalReason,
  refusalReasons,
  sentenceOf,
} from './refusals.ts'
export type { Refused } from './refused.ts'
export type { NamedRegister } from './register.ts'
export type { SharedRegisters } from './registers.ts'
export type { ReplicaPerson } from './replica-person.ts'
export type { Replicate } from './replicate.ts'
export type { Resync } from './resync.ts'
export type { Role, RoleChange } from './role.ts'
export {
  decodeServerMessage,
  deflateServerMessage,
  encodeServerMessage,
  type ServerMessage,
} from './server-messages.ts'
export type { SetRegister } from './set-register.ts'
export {
  cleanRegister,
  isRegisterName,
  REGISTER_NAMES,
  type RegisterName,
  type SharedRegister,
} from './shared-register.ts'
export type { Stored } from './stored.ts'
export type { Sync } from './sync.ts'
export { cleanTitle } from './title.ts'
export { unreachable } from './unreachable.ts'
export type { Updates } from './updates.ts'
export type { Welcome } from './welcome.ts'
