import { LoroDoc, VersionVector } from 'loro-crdt'
import { randomBits } from './ids.mjs'

/**
 * A commit for each edit where updates are needed, else none (Loro commits by itself when it must). Saved states are shallow
 * snapshots, which leave the history out and are the smallest; they are compressed inside.
 */
export const name = 'loro'
export const packages = ['loro-crdt']
export const bundle = { entry: 'loro-crdt/web', wasm: 'loro-crdt/web/loro_wasm_bg.wasm' }
export const compressed = true

class OneLoro {
  constructor(doc, { updates = false, changes = false } = {}) {
    this.doc = doc
    this.shared = doc.getText('text')
    this.last = null
    this.events = null
    if (updates) doc.subscribeLocalUpdates((update) => (this.last = update))
    if (changes) doc.subscribe(({ events }) => (this.events = events.map((event) => event.diff.diff)))
  }
  edit(position, deleted, inserted) {
    if (deleted > 0) this.shared.delete(position, deleted)
    if (inserted !== '') this.shared.insert(position, inserted)
  }
  editForUpdate(position, deleted, inserted) {
    this.edit(position, deleted, inserted)
    this.doc.commit()
    return this.last
  }
  apply(update) {
    this.events = null
    this.doc.import(update)
    return this.events
  }
  text() {
    return this.shared.toString()
  }
  everything() {
    return this.doc.export({ mode: 'update' })
  }
  save() {
    this.doc.commit()
    return this.doc.export({ mode: 'shallow-snapshot', frontiers: this.doc.frontiers() })
  }
  mark() {
    return this.version()
  }
  since(mark) {
    return this.updateSince(mark)
  }
  version() {
    return this.doc.version().encode()
  }
  updateSince(version) {
    return this.doc.export({ mode: 'update', from: VersionVector.decode(version) })
  }
}

export function create(replica, options) {
  const doc = new LoroDoc()
  doc.setPeerId(randomBits(replica, 64))
  return new OneLoro(doc, options)
}

export function load(bytes, replica, options) {
  const doc = LoroDoc.fromSnapshot(bytes)
  doc.setPeerId(randomBits(replica, 64))
  return new OneLoro(doc, options)
}

export function changes(events) {
  return (events ?? []).flatMap((delta) => {
    let at = 0
    const result = []
    for (const { retain = 0, delete: deleted = 0, insert = '' } of delta) {
      at += retain
      if (deleted > 0 || insert !== '') result.push([at, deleted, insert])
      at += insert.length
    }
    return result
  })
}
