import { Delta } from 'json-joy/lib/json-crdt/delta/Delta.js'
import { ClockVector, DelOp, InsStrOp, Model, ts } from 'json-joy/lib/json-crdt/index.js'
import { Patch, s } from 'json-joy/lib/json-crdt-patch/index.js'
import { randomBits } from './ids.mjs'

/**
 * Edits by the API of the string node, updates by flushing its patch. json-joy has no index changes for what others did; its
 * operations name characters, and where those are the string node can tell, so the changes are asked for one operation at a time.
 */
export const name = 'json-joy'
export const packages = ['json-joy']
export const bundle = { entry: 'json-joy/lib/json-crdt/index.js' }
export const compressed = false

class JsonJoyDoc {
  constructor(model, { changes = false } = {}) {
    this.model = model
    this.shared = model.api.str([])
    this.answers = changes
  }
  edit(position, deleted, inserted) {
    if (deleted > 0) this.shared.del(position, deleted)
    if (inserted !== '') this.shared.ins(position, inserted)
  }
  editForUpdate(position, deleted, inserted) {
    this.edit(position, deleted, inserted)
    return this.model.api.flush().toBinary()
  }
  apply(bytes) {
    return this.applyPatches([Patch.fromBinary(bytes)])
  }
  applyMerged(bytes) {
    const delta = Delta.from(bytes)
    const changes = this.applyPatches(delta.batch.patches)
    this.model.clock.advanceCC(delta.vv1)
    return changes
  }
  applyPatches(patches) {
    if (!this.answers) return this.model.applyBatch(patches)
    const changes = []
    for (const patch of patches) for (const operation of patch.ops) this.applyOne(operation, changes)
    this.model.tick++
    return changes
  }
  applyOne(operation, changes) {
    if (operation instanceof DelOp) this.pushDeleted(operation.what, changes)
    this.model.applyOperation(operation)
    if (operation instanceof InsStrOp) changes.push([this.shared.findPos(operation.id), 0, operation.data])
  }
  /** From the last to the first, so that each may speak of the text before the operation. */
  pushDeleted(spans, changes) {
    const found = []
    for (const span of spans) this.findLiving(span, found)
    if (found.length > 1) found.sort((a, b) => b[0] - a[0])
    changes.push(...found)
  }
  findLiving({ sid, time, span }, found) {
    const { node } = this.shared
    for (let at = time; at < time + span; ) {
      const chunk = node.findById(ts(sid, at))
      if (!chunk) return
      const size = Math.min(chunk.id.time + chunk.span, time + span) - at
      if (!chunk.del) found.push([node.pos(chunk) + at - chunk.id.time, size, ''])
      at += size
    }
  }
  text() {
    return this.shared.node.view()
  }
  everything() {
    return this.model.delta(emptyModel(1).clock).toBinary()
  }
  save() {
    return this.model.toBinary()
  }
  mark() {
    return this.model.clock.clone()
  }
  since(mark) {
    return this.model.delta(mark).toBinary()
  }
  version() {
    return this.model.clock.toU8()
  }
  updateSince(version) {
    return this.since(ClockVector.fromU8(version))
  }
}

/** All replicas begin with the same string node, which is nobody's: so it is not part of the first update. */
function emptyModel(replica) {
  const model = Model.create(s.str(''), Number(randomBits(replica, 52)))
  model.api.flush()
  return model
}

export function create(replica, options) {
  return new JsonJoyDoc(emptyModel(replica), options)
}

export function load(bytes, replica, options) {
  return new JsonJoyDoc(Model.load(bytes, Number(randomBits(replica, 52))), options)
}

/** They come in the order in which they happen, each in the text so far. */
export function changes(answered) {
  return answered
}
