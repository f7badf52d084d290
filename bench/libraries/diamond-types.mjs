import diamond from 'diamond-types-node'
import { randomBits } from './ids.mjs'

/** `Doc`: the log of operations and the text together. Index changes by `xfSince`, the version before. Saved states are LZ4 inside. */
export const name = 'diamond-types'
export const packages = ['diamond-types-node']
export const bundle = { entry: 'diamond-types-node', wasm: 'diamond-types-node/dt_bg.wasm' }
export const compressed = true

class DiamondDoc {
  constructor(doc, { changes = false } = {}) {
    this.doc = doc
    this.answers = changes
  }
  edit(position, deleted, inserted) {
    if (deleted > 0) this.doc.del(position, deleted)
    if (inserted !== '') this.doc.ins(position, inserted)
  }
  editForUpdate(position, deleted, inserted) {
    const before = this.doc.getLocalVersion()
    this.edit(position, deleted, inserted)
    return this.doc.getPatchSince(before)
  }
  apply(patch) {
    if (!this.answers) return this.doc.mergeBytes(patch)
    const before = this.doc.getLocalVersion()
    this.doc.mergeBytes(patch)
    return this.doc.xfSince(before)
  }
  text() {
    return this.doc.get()
  }
  everything() {
    return this.doc.getPatchSince(new Uint32Array())
  }
  mark() {
    return this.doc.getLocalVersion()
  }
  since(mark) {
    return this.doc.getPatchSince(mark)
  }
  save() {
    return this.doc.toBytes()
  }
}

export function create(replica, options) {
  return new DiamondDoc(new diamond.Doc(randomBits(replica, 48).toString(36)), options)
}

export function load(bytes, replica, options) {
  return new DiamondDoc(diamond.Doc.fromBytes(bytes, randomBits(replica, 48).toString(36)), options)
}

export function changes(operations) {
  return operations.map(({ kind, start, end, content }) =>
    kind === 'Ins' ? [start, 0, content] : [start, end - start, ''],
  )
}
