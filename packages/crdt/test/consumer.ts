/** Somebody's program, in which every name that the package exports has a use. Compiled and run by embed.test.ts. */
import {
  type Anchor,
  applyEdits,
  type CharacterAnchor,
  check,
  type DecodeError,
  type DecodeErrorCode,
  Doc,
  decodeAnchor,
  decodeUpdate,
  decodeVersion,
  diff,
  type Edit,
  emptyVersion,
  encodeAnchor,
  encodeVersion,
  type Id,
  type IdRange,
  type Incarnation,
  incarnation,
  includes,
  type Key,
  type KeyStep,
  mapIndex,
  partsOf,
  type ReplicaId,
  type Result,
  randomIncarnation,
  randomReplicaId,
  replicaId,
  type Selection,
  UndoHistory,
  type Undone,
  type Update,
  type Version,
} from '@manyhands/crdt'
import { Reader, read, Writer } from '@manyhands/crdt/bytes'

function must<T>(result: Result<T, DecodeError>): T {
  if (result.ok) return result.value
  const { code, offset, message }: { code: DecodeErrorCode; offset: number; message: string } = result.error
  throw new Error(`${code} at ${offset}: ${message}`)
}

const origin: Incarnation = incarnation(randomIncarnation(Math.random))
const me: ReplicaId = randomReplicaId(Math.random)
const mine = Doc.create({ replica: me, incarnation: origin })
const history = new UndoHistory(mine)
const caret: Selection = [0, 0]
const hello: Edit = { from: 0, to: 0, insert: 'Hello' }
const update: Update = history.edit([hello], { time: 0, selection: caret })

const theirs = Doc.create({ replica: replicaId(7), incarnation: origin })
const shown: readonly Edit[] = theirs.apply(must(decodeUpdate(update.bytes)))
console.log(applyEdits('', shown) === theirs.text(), mapIndex(0, shown, 'after') === 5)

const version: Version = must(decodeVersion(encodeVersion(theirs.version())))
console.log(includes(version, emptyVersion), version.has(me, 0), mine.updateSince(version).isEmpty)

const anchor: Anchor = must(decodeAnchor(encodeAnchor(mine.anchorAt(2, 'after'))))
console.log(theirs.indexOf(anchor) === 2, keyLength(mine.anchorAt(2, 'after')) === 1)

function keyLength(anchor: Anchor): number {
  if (typeof anchor === 'string') return 0
  const { key }: CharacterAnchor = anchor
  const path: Key | undefined = key
  const steps: readonly KeyStep[] = path?.steps ?? []
  return steps.length
}

const before = must(Doc.load(mine.encode(), { replica: replicaId(8) }))
const undone: Undone | null = history.undo()
for (const part of undone ? partsOf(mine, undone.update, 1000) : []) theirs.apply(part)
const change = diff(before, mine)
console.log(theirs.text() === '', applyEdits(before.text(), change) === '', theirs.stateHash() === mine.stateHash())

const author: Id = before.authorOf(0).id
const range: IdRange | undefined = before.idsIn(0, 5)[0]
check(mine)
const writer = new Writer()
writer.replica(author.replica)
writer.varint(range?.to ?? 0)
const fields = (reader: Reader): readonly number[] => [reader.replica(), reader.varint()]
const written = writer.finish()
console.log(must(read(written, fields)).join() === `${me},5`, new Reader(written).left === written.length)
