import { Doc, decodeUpdate, decodeVersion, emptyVersion, encodeVersion, incarnation, replicaId } from '@manyhands/crdt'
import { randomBits } from './ids.mjs'

const INCARNATION = incarnation('0123456789abcdef0123456789abcdef')

/** Updates are made into bytes at once and read from bytes. Input is checked and index changes are answered, as always. */
export const name = 'Manyhands'
export const packages = ['@manyhands/crdt']
export const bundle = { entry: '@manyhands/crdt' }
export const compressed = false

class OurDoc {
  constructor(doc) {
    this.doc = doc
  }
  edit(position, deleted, inserted) {
    return this.doc.edit([{ from: position, to: position + deleted, insert: inserted }])
  }
  editForUpdate(position, deleted, inserted) {
    return this.edit(position, deleted, inserted).bytes
  }
  apply(bytes) {
    return this.doc.apply(decodeUpdate(bytes).value)
  }
  text() {
    return this.doc.text()
  }
  everything() {
    return this.doc.updateSince(emptyVersion).bytes
  }
  save() {
    return this.doc.encode()
  }
  mark() {
    return this.doc.version()
  }
  since(mark) {
    return this.doc.updateSince(mark).bytes
  }
  version() {
    return encodeVersion(this.doc.version())
  }
  updateSince(version) {
    return this.doc.updateSince(decodeVersion(version).value).bytes
  }
  livingPieces() {
    return this.doc.idsIn(0, this.doc.length).length
  }
}

export function create(replica) {
  return new OurDoc(Doc.create({ replica: replicaId(Number(randomBits(replica, 48))), incarnation: INCARNATION }))
}

export function load(bytes, replica) {
  return new OurDoc(Doc.load(bytes, { replica: replicaId(Number(randomBits(replica, 48))) }).value)
}

/** Index changes as [position in the text so far, deleted, inserted]. */
export function changes(edits) {
  let shift = 0
  return edits.map(({ from, to, insert }) => {
    const change = [from + shift, to - from, insert]
    shift += insert.length - (to - from)
    return change
  })
}
