import { expandPositions, Order, PositionSet, Text } from 'list-positions'
import { randomBits } from './ids.mjs'

/**
 * The text CRDT that its documentation tells one to build: a `Text`, and a `PositionSet` of all positions ever seen. Messages and
 * saved states are JSON, as there; one update of many edits is a list of their messages. It has no versions to compare.
 */
export const name = 'list-positions'
export const packages = ['list-positions']
export const bundle = { entry: 'list-positions' }
export const compressed = false

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const encode = (value) => encoder.encode(JSON.stringify(value))
const decode = (bytes) => JSON.parse(decoder.decode(bytes))

class ListPositionsDoc {
  constructor(replica, { updates = false, changes = false } = {}) {
    this.shared = new Text(new Order({ replicaID: randomBits(replica, 64).toString(36).slice(0, 10) }))
    this.seen = new PositionSet()
    this.answers = changes
    this.log = updates ? [] : null
  }
  edit(position, deleted, inserted) {
    if (deleted > 0) this.delete(position, deleted, null)
    if (inserted !== '') this.insert(position, inserted)
  }
  insert(position, inserted) {
    const [at, meta] = this.shared.insertAt(position, inserted)
    this.seen.add(at, inserted.length)
    return meta ? { type: 'set', at, chars: inserted, meta } : { type: 'set', at, chars: inserted }
  }
  /** Positions that follow each other are told as one. */
  delete(position, count, message) {
    const items =
      count === 1 ? [[this.shared.positionAt(position), ' ']] : [...this.shared.items(position, position + count)]
    for (const [at, chars] of items) {
      this.shared.delete(at, chars.length)
      message?.push({ type: 'delete', at, count: chars.length })
    }
  }
  editForUpdate(position, deleted, inserted) {
    const messages = []
    if (deleted > 0) this.delete(position, deleted, messages)
    if (inserted !== '') messages.push(this.insert(position, inserted))
    this.log?.push(...messages)
    return encode(messages.length === 1 ? messages[0] : messages)
  }
  apply(bytes) {
    const update = decode(bytes)
    const changes = []
    if (Array.isArray(update)) for (const message of update) this.receive(message, changes)
    else this.receive(update, changes)
    return changes
  }
  receive(message, changes) {
    if (message.type === 'delete') return this.receiveDelete(message, changes)
    if (message.meta) this.shared.order.addMetas([message.meta])
    if (this.hasSeen(message.at, message.chars.length)) return
    this.seen.add(message.at, message.chars.length)
    this.shared.set(message.at, message.chars)
    if (this.answers) changes.push([this.shared.indexOfPosition(message.at), 0, message.chars])
  }
  /** Messages come whole, once or again: what is seen of one is seen of all of it. */
  hasSeen(at, count) {
    return count === 1 ? this.seen.has(at) : expandPositions(at, count).every((position) => this.seen.has(position))
  }
  receiveDelete({ at, count }, changes) {
    this.seen.add(at, count)
    if (this.answers) this.pushDeleted(at, count, changes)
    this.shared.delete(at, count)
  }
  pushDeleted(at, count, changes) {
    let gone = 0
    for (const position of count === 1 ? [at] : expandPositions(at, count)) {
      const index = this.shared.indexOfPosition(position)
      if (index >= 0) changes.push([index - gone++, 1, ''])
    }
  }
  text() {
    return this.shared.toString()
  }
  everything() {
    return this.since(0)
  }
  save() {
    return encode({ order: this.shared.order.save(), text: this.shared.save(), seen: this.seen.save() })
  }
  mark() {
    return this.log.length
  }
  since(mark) {
    return encode(this.log.slice(mark))
  }
}

export function create(replica, options) {
  return new ListPositionsDoc(replica, options)
}

export function load(bytes, replica, options) {
  const { order, text, seen } = decode(bytes)
  const doc = new ListPositionsDoc(replica, options)
  doc.shared.order.load(order)
  doc.shared.load(text)
  doc.seen.load(seen)
  return doc
}

export function changes(answered) {
  return answered
}
