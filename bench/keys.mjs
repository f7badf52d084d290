import { Doc, incarnation, replicaId } from '@manyhands/crdt'
import { avl, SimpleDotBlockFactory } from 'dotted-logootsplit'
import LSeqTree from 'lseqtree'
import { randomBits } from './libraries/ids.mjs'

/**
 * Replicas of three libraries whose characters have keys that are paths, all with one face: `insert(index, text)` answers what the
 * others are to be told, `hear` takes it in, and `keys()` lists each living character's key as [levels, bytes].
 *
 * Bytes are counted by one rule: varints for numbers; a replica named on the path costs its bytes once (6, or what the library
 * allows), and one byte for each level that refers to it; digits as many bits as their arena needs.
 */

const varint = (n) => (n < 128 ? 1 : Math.ceil(Math.log2(n + 1) / 7))
const zigzag = (n) => varint(n < 0 ? -2 * n - 1 : 2 * n)

class Ours {
  constructor(replica) {
    this.doc = Doc.create({
      replica: replicaId(Number(randomBits(replica, 48))),
      incarnation: incarnation('0'.repeat(32)),
    })
  }
  insert(index, text) {
    return this.doc.edit([{ from: index, to: index, insert: text }])
  }
  hear(update) {
    this.doc.apply(update)
  }
  text() {
    return this.doc.text()
  }
  keys() {
    return Array.from({ length: this.doc.length }, (_, index) => ourKey(this.doc.anchorAt(index, 'before').key))
  }
}

/** As updates write a path: a head, the anchor, the first seq (beside the run above, or beside the replica's last), a digit if any. */
function ourKey({ steps, offset }) {
  const latest = new Map()
  let bytes = varint(offset)
  steps.forEach((step, i) => {
    const above = steps[i - 1]
    bytes += 1 + varint(step.anchor) + (step.digit === 0 ? 0 : zigzag(step.digit))
    if (!latest.has(step.replica)) bytes += 6
    if (above?.replica === step.replica) bytes += varint(Math.abs(step.first - above.first - step.anchor - 1))
    else bytes += 1 + zigzag(step.first - (latest.get(step.replica) ?? 0))
    latest.set(step.replica, step.first)
  })
  return [steps.length, bytes]
}

class LSeq {
  constructor(replica) {
    this.tree = new LSeqTree(replica)
    this.bits = (level) => this.tree.options.base + level
  }
  insert(index, text) {
    return [...text].map((character, i) => this.tree.insert(character, index + i))
  }
  hear(pairs) {
    for (const { elem, id } of pairs) this.tree.applyInsert({ elem, id })
  }
  text() {
    const characters = []
    this.walk((node) => characters.push(node.e))
    return characters.join('')
  }
  keys() {
    const keys = []
    this.walk((_, path) => keys.push(this.key(path)))
    return keys
  }
  key(path) {
    const sites = new Set(path.map(({ s }) => s))
    const digits = path.reduce((sum, _, level) => sum + this.bits(level), 0)
    return [path.length, Math.ceil(digits / 8) + 6 * sites.size + path.reduce((sum, { c }) => sum + 1 + varint(c), 0)]
  }
  walk(visit) {
    const path = []
    const below = (node) => {
      path.push(node.t)
      if (node.e !== null && node.e !== '') visit(node, path)
      for (const child of node.children) below(child)
      path.pop()
    }
    for (const child of this.tree.root.children) below(child)
  }
}

class DottedLogootSplit {
  constructor(replica) {
    this.list = avl.deltaEditableList(SimpleDotBlockFactory.from(replica, `seed ${replica}`), '')
  }
  insert(index, text) {
    return this.list.insertAt(index, text)
  }
  hear(delta) {
    this.list.applyDelta(delta)
  }
  text() {
    return this.list.concatenated('')
  }
  keys() {
    return this.list.reduceBlock((keys, block) => {
      for (let i = 0; i < block.length; i++) keys.push(this.key(block.lowerPos.parts, i))
      return keys
    }, [])
  }
  key(parts, offset) {
    const replicas = new Set(parts.map(({ replica }) => replica))
    const last = parts.length - 1
    const seqs = parts.reduce((sum, { seq }, level) => sum + 1 + varint(seq + (level === last ? offset : 0)), 0)
    return [parts.length, 4 * parts.length + 4 * replicas.size + seqs]
  }
}

export const LIBRARIES = [
  { id: 'ours', title: 'Manyhands', make: (replica) => new Ours(replica) },
  { id: 'lseqtree', title: 'lseqtree', make: (replica) => new LSeq(replica) },
  { id: 'dotted-logootsplit', title: 'dotted-logootsplit', make: (replica) => new DottedLogootSplit(replica) },
]
