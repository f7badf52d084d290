/**
 * A sorted map from ids to whole numbers: which piece a character stands in, which run begins at it.
 *
 * An id is one number, `replicaIndex * 2^31 + seq`, so that the ids of one replica lie side by side. Entries stand in
 * blocks of at most 128, each a pair of typed arrays; a list of the blocks' first keys leads to the block. Finding is two
 * binary searches; inserting moves at most one block's entries. Ids mostly come in rising order, so the block used last is
 * tried first.
 */
const BLOCK = 128
const REPLICA_SPAN = 2 ** 31

interface Block {
  keys: Float64Array
  values: Int32Array
  size: number
}

export function keyOf(replicaIndex: number, seq: number): number {
  return replicaIndex * REPLICA_SPAN + seq
}

export function replicaOfKey(key: number): number {
  return Math.floor(key / REPLICA_SPAN)
}

export function seqOfKey(key: number): number {
  return key % REPLICA_SPAN
}

export class IdMap {
  private blocks: Block[] = []
  private heads: number[] = []
  /** Where `seek` came to rest. */
  private block = -1
  private slot = -1

  /** From keys in rising order, and the value of each. */
  static from(keys: Float64Array, values: Int32Array): IdMap {
    const map = new IdMap()
    const fill = BLOCK - BLOCK / 8
    for (let at = 0; at < keys.length; at += fill) {
      const size = Math.min(fill, keys.length - at)
      const capacity = keys.length > fill ? BLOCK : size
      const block = { keys: new Float64Array(capacity), values: new Int32Array(capacity), size }
      block.keys.set(keys.subarray(at, at + size))
      block.values.set(values.subarray(at, at + size))
      map.blocks.push(block)
      map.heads.push(keys[at])
    }
    return map
  }

  /** The value of exactly this key, or −1. */
  get(key: number): number {
    if (!this.seek(key)) return -1
    const block = this.blocks[this.block]
    return block.keys[this.slot] === key ? block.values[this.slot] : -1
  }

  /** The value of the greatest key that is at most `key`, or −1. `next` goes on from there. */
  floor(key: number): number {
    return this.seek(key) ? this.blocks[this.block].values[this.slot] : -1
  }

  /** The value of the least key that is at least `key`, or −1. `next` goes on from there. */
  ceiling(key: number): number {
    if (this.seek(key) && this.blocks[this.block].keys[this.slot] === key)
      return this.blocks[this.block].values[this.slot]
    return this.next()
  }

  /** The value after the one last found, or −1. Only valid while the map is unchanged. */
  next(): number {
    if (this.block < 0) {
      if (this.blocks.length === 0) return -1
      this.block = 0
    } else if (++this.slot < this.blocks[this.block].size) {
      return this.blocks[this.block].values[this.slot]
    } else if (++this.block === this.blocks.length) {
      return -1
    }
    this.slot = 0
    return this.blocks[this.block].values[0]
  }

  /** Sets a key that is not there yet. */
  add(key: number, value: number): void {
    if (!this.seek(key)) {
      if (this.blocks.length === 0) {
        this.blocks.push({ keys: new Float64Array(4), values: new Int32Array(4), size: 0 })
        this.heads.push(key)
      }
      this.block = 0
      this.slot = -1
    }
    let block = this.blocks[this.block]
    let at = this.slot + 1
    if (block.size === BLOCK) {
      const half = this.split(this.block, at)
      if (at >= half) {
        at -= half
        this.block++
        block = this.blocks[this.block]
      }
    } else if (block.size === block.keys.length) {
      widen(block)
    }
    const { keys, values } = block
    for (let i = block.size; i > at; i--) {
      keys[i] = keys[i - 1]
      values[i] = values[i - 1]
    }
    block.keys[at] = key
    block.values[at] = value
    block.size++
    if (at === 0) this.heads[this.block] = key
    this.slot = at
  }

  /** Gives the entry of `key` another key, which keeps its place in the order. */
  rename(key: number, to: number): void {
    this.seek(key)
    this.blocks[this.block].keys[this.slot] = to
    if (this.slot === 0) this.heads[this.block] = to
  }

  delete(key: number): void {
    this.seek(key)
    const block = this.blocks[this.block]
    block.keys.copyWithin(this.slot, this.slot + 1, block.size)
    block.values.copyWithin(this.slot, this.slot + 1, block.size)
    block.size--
    if (block.size === 0) {
      this.blocks.splice(this.block, 1)
      this.heads.splice(this.block, 1)
      this.block = -1
    } else if (this.slot === 0) {
      this.heads[this.block] = block.keys[0]
    }
  }

  /** Goes to the greatest key that is at most `key`; false if there is none. */
  private seek(key: number): boolean {
    const heads = this.heads
    const last = heads.length - 1
    let b = this.block
    if (b < 0 || b > last || heads[b] > key || (b < last && heads[b + 1] <= key)) {
      let low = 0
      let high = last + 1
      while (low < high) {
        const middle = (low + high) >>> 1
        if (heads[middle] <= key) low = middle + 1
        else high = middle
      }
      b = low - 1
      this.block = b
      if (b < 0) return false
    }
    const block = this.blocks[b]
    const keys = block.keys
    let high = block.size
    if (keys[high - 1] <= key) {
      this.slot = high - 1
      return true
    }
    let low = 0
    while (low < high) {
      const middle = (low + high) >>> 1
      if (keys[middle] <= key) low = middle + 1
      else high = middle
    }
    this.slot = low - 1
    return true
  }

  /** Halves a full block, or, where the new entry comes last, leaves it full: ids mostly rise. Answers the first one's size. */
  private split(index: number, at: number): number {
    const block = this.blocks[index]
    const size = at === BLOCK ? BLOCK : BLOCK / 2
    const right = { keys: new Float64Array(BLOCK), values: new Int32Array(BLOCK), size: BLOCK - size }
    right.keys.set(block.keys.subarray(size))
    right.values.set(block.values.subarray(size))
    block.size = size
    this.blocks.splice(index + 1, 0, right)
    this.heads.splice(index + 1, 0, right.keys[0])
    return size
  }
}

function widen(block: Block): void {
  const capacity = Math.min(BLOCK, block.keys.length * 2)
  const keys = new Float64Array(capacity)
  const values = new Int32Array(capacity)
  keys.set(block.keys)
  values.set(block.values)
  block.keys = keys
  block.values = values
}
