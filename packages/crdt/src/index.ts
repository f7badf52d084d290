export { type Anchor, type CharacterAnchor, decodeAnchor, encodeAnchor, type Key, type KeyStep } from './anchor.ts'
export { check } from './check.ts'
export type { DecodeError, DecodeErrorCode } from './codec/reader.ts'
export { diff } from './diff.ts'
export { Doc } from './doc.ts'
export { applyEdits, type Edit, mapIndex } from './edit.ts'
export {
  type Id,
  type IdRange,
  type Incarnation,
  incarnation,
  type ReplicaId,
  randomIncarnation,
  randomReplicaId,
  replicaId,
} from './ids.ts'
export { partsOf } from './parts.ts'
export type { Result } from './result.ts'
export { type Selection, UndoHistory, type Undone } from './undo.ts'
export { decodeUpdate, type Update } from './update.ts'
export { decodeVersion, emptyVersion, encodeVersion, includes, type Version } from './version.ts'
