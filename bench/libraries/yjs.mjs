import * as Y from 'yjs'
import { randomBits } from './ids.mjs'

/** Updates in format 1, which is the smaller one for keystrokes; saved states in format 2, which is the smaller one for them. */
export const name = 'yjs'
export const packages = ['yjs']
export const bundle = { entry: 'yjs' }
export const compressed = false

class YjsDoc {
  constructor(replica, { updates = false, changes = false } = {}) {
    this.doc = new Y.Doc()
    this.doc.clientID = Number(randomBits(replica, 32))
    this.shared = this.doc.getText('text')
    this.last = null
    this.delta = null
    if (updates) this.doc.on('update', (update) => (this.last = update))
    if (changes) this.shared.observe((event) => (this.delta = event.delta))
  }
  edit(position, deleted, inserted) {
    if (deleted > 0) this.shared.delete(position, deleted)
    if (inserted !== '') this.shared.insert(position, inserted)
  }
  editForUpdate(position, deleted, inserted) {
    if (deleted > 0 && inserted !== '') this.doc.transact(() => this.edit(position, deleted, inserted))
    else this.edit(position, deleted, inserted)
    return this.last
  }
  apply(update) {
    this.delta = null
    Y.applyUpdate(this.doc, update)
    return this.delta
  }
  text() {
    return this.shared.toString()
  }
  everything() {
    return Y.encodeStateAsUpdate(this.doc)
  }
  save() {
    return Y.encodeStateAsUpdateV2(this.doc)
  }
  mark() {
    return this.version()
  }
  since(mark) {
    return this.updateSince(mark)
  }
  version() {
    return Y.encodeStateVector(this.doc)
  }
  updateSince(version) {
    return Y.encodeStateAsUpdate(this.doc, version)
  }
}

export function create(replica, options) {
  return new YjsDoc(replica, options)
}

export function load(bytes, replica, options) {
  const doc = new YjsDoc(replica, options)
  Y.applyUpdateV2(doc.doc, bytes)
  return doc
}

export function changes(delta) {
  let at = 0
  const result = []
  for (const { retain = 0, delete: deleted = 0, insert = '' } of delta ?? []) {
    at += retain
    if (deleted > 0 || insert !== '') result.push([at, deleted, insert])
    at += insert.length
  }
  return result
}
