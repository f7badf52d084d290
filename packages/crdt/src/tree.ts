/**
 * The living text in order: pieces of runs in a counted B+tree, so that an index is found, and a piece's index, in O(log n).
 *
 * A piece is a stretch of one run: characters `seq`, `seq + 1` … that are all alive and stand side by side. Its simple twin is
 * an array of characters. Leaves hold pieces, inner nodes hold nodes, both at most `FANOUT`, each with the number of characters
 * below it. Everything lives in typed arrays and is named by its place in them: a piece takes 20 bytes, a node 256 and a few,
 * nothing is left to the garbage collector, and a loaded document is a handful of arrays. (Seeds of the idea kept an AVL tree of
 * characters; see docs/decisions.)
 *
 * Unusual: typing changes the size of one leaf over and over, so the sizes above that leaf are brought up to date only when
 * another leaf is touched or the tree is searched from the root (`flush`).
 *
 * Only Doc changes a tree.
 */
const FANOUT = 32
const SHIFT = 5
const FILL = 24
const SPARSE = 8
const NONE = -1

export class PieceTree {
  /** Characters in the tree. */
  length = 0

  /** Of each piece: its run, its first seq, its length, where its text begins in the arena, the leaf it stands in. */
  run: Int32Array
  seq: Int32Array
  size: Int32Array
  text: Int32Array
  private leaf: Int32Array
  private pieces = 0
  private freePieces: number[] = []

  /** Of each node: what is below it, with the characters of each; how many; its parent; for leaves, their neighbours. */
  private items: Int32Array
  private sizes: Int32Array
  private count: Int32Array
  private parent: Int32Array
  private following: Int32Array
  private previous: Int32Array
  private nodes = 0
  private freeNodes: number[] = []
  private root: number
  private height = 0

  /** Where the last search came to rest: a leaf, a slot in it, and the index of that piece's first character. */
  leafAt: number = NONE
  slotAt = 0
  startAt = 0

  private staleLeaf = NONE
  private staleBy = 0

  constructor(pieceCapacity = 16) {
    this.run = new Int32Array(pieceCapacity)
    this.seq = new Int32Array(pieceCapacity)
    this.size = new Int32Array(pieceCapacity)
    this.text = new Int32Array(pieceCapacity)
    this.leaf = new Int32Array(pieceCapacity)
    const nodeCapacity = Math.max(2, Math.ceil((pieceCapacity / FILL) * 1.1) + 2)
    this.items = new Int32Array(nodeCapacity * FANOUT)
    this.sizes = new Int32Array(nodeCapacity * FANOUT)
    this.count = new Int32Array(nodeCapacity)
    this.parent = new Int32Array(nodeCapacity)
    this.following = new Int32Array(nodeCapacity)
    this.previous = new Int32Array(nodeCapacity)
    this.root = this.newNode()
  }

  /** The number of places for pieces in use, freed ones included: every piece is below it. */
  get pieceCount(): number {
    return this.pieces
  }

  newPiece(run: number, seq: number, size: number, text: number): number {
    const piece = this.freePieces.pop() ?? this.pieces++
    if (piece >= this.run.length) this.widenPieces()
    this.run[piece] = run
    this.seq[piece] = seq
    this.size[piece] = size
    this.text[piece] = text
    return piece
  }

  /** Fills an empty tree with pieces 0 … n−1, in this order, made by `newPiece`. O(n). */
  fill(): void {
    let level: number[] = []
    for (let at = 0; at < this.pieces; at += FILL) {
      const node = at === 0 ? this.root : this.newNode()
      const count = Math.min(FILL, this.pieces - at)
      for (let slot = 0; slot < count; slot++) {
        this.items[(node << SHIFT) + slot] = at + slot
        this.sizes[(node << SHIFT) + slot] = this.size[at + slot]
        this.length += this.size[at + slot]
        this.leaf[at + slot] = node
      }
      this.count[node] = count
      const before = level.at(-1) ?? NONE
      this.previous[node] = before
      if (before !== NONE) this.following[before] = node
      level.push(node)
    }
    while (level.length > 1) {
      level = this.fillLevel(level)
      this.height++
    }
    this.root = level[0] ?? this.root
  }

  /** The first piece, or −1. Sets the place. */
  first(): number {
    let node = this.root
    for (let level = this.height; level > 0; level--) node = this.items[node << SHIFT]
    this.leafAt = node
    this.slotAt = 0
    this.startAt = 0
    return this.count[node] === 0 ? NONE : this.items[node << SHIFT]
  }

  /** The first piece, or −1; the place stays. */
  firstPiece(): number {
    let node = this.root
    for (let level = this.height; level > 0; level--) node = this.items[node << SHIFT]
    return this.count[node] === 0 ? NONE : this.items[node << SHIFT]
  }

  /** The piece at the place. */
  get piece(): number {
    return this.items[(this.leafAt << SHIFT) + this.slotAt]
  }

  /** Goes to the next piece and answers it; −1, with the place left as it is, after the last. */
  next(): number {
    const size = this.sizes[(this.leafAt << SHIFT) + this.slotAt]
    if (this.slotAt + 1 < this.count[this.leafAt]) {
      this.slotAt++
    } else {
      const leaf = this.following[this.leafAt]
      if (leaf === NONE) return NONE
      this.leafAt = leaf
      this.slotAt = 0
    }
    this.startAt += size
    return this.piece
  }

  /** The piece after the place, or −1; the place stays. */
  peekNext(): number {
    if (this.slotAt + 1 < this.count[this.leafAt]) return this.items[(this.leafAt << SHIFT) + this.slotAt + 1]
    const leaf = this.following[this.leafAt]
    return leaf === NONE ? NONE : this.items[leaf << SHIFT]
  }

  /** The piece before the place, or −1; the place stays. */
  peekPrevious(): number {
    if (this.slotAt > 0) return this.items[(this.leafAt << SHIFT) + this.slotAt - 1]
    const leaf = this.previous[this.leafAt]
    return leaf === NONE ? NONE : this.items[(leaf << SHIFT) + this.count[leaf] - 1]
  }

  /** Goes to the piece with the character at `index`, which must be in the text, and answers it. */
  find(index: number): number {
    if (this.leafAt === NONE || !this.findNear(index)) this.findFromRoot(index)
    return this.piece
  }

  /** Goes to a piece. O(log n). */
  goTo(piece: number): void {
    this.flush()
    let node = this.leaf[piece]
    let slot = this.slotOf(node, piece)
    this.leafAt = node
    this.slotAt = slot
    let start = 0
    for (;;) {
      const base = node << SHIFT
      for (let i = base + slot - 1; i >= base; i--) start += this.sizes[i]
      const parent = this.parent[node]
      if (parent === NONE) break
      slot = this.slotOf(parent, node)
      node = parent
    }
    this.startAt = start
  }

  /**
   * Goes to the last piece for which `isBefore` holds, given that it holds for a first part of the pieces and for none after
   * it. False, and no place, if it holds for none. O(log n) calls.
   */
  findLast(isBefore: (piece: number) => boolean): boolean {
    this.flush()
    let node = this.root
    let start = 0
    for (let level = this.height; ; level--) {
      const base = node << SHIFT
      let low = 0
      let high = this.count[node]
      while (low < high) {
        const middle = (low + high) >>> 1
        if (isBefore(this.firstPieceOf(this.items[base + middle], level))) low = middle + 1
        else high = middle
      }
      if (low === 0) {
        this.leafAt = NONE
        return false
      }
      for (let i = base; i < base + low - 1; i++) start += this.sizes[i]
      if (level === 0) {
        this.leafAt = node
        this.slotAt = low - 1
        this.startAt = start
        return true
      }
      node = this.items[base + low - 1]
    }
  }

  /** Puts a piece before the place's, or, with `after`, behind it; in an empty tree, alone. The place moves to it. */
  insert(piece: number, after: boolean): void {
    this.flush()
    if (this.length === 0) this.first()
    else if (after) {
      this.startAt += this.sizes[(this.leafAt << SHIFT) + this.slotAt]
      this.slotAt++
    }
    if (this.count[this.leafAt] === FANOUT) this.splitLeaf()
    const node = this.leafAt
    this.makeRoom(node, this.slotAt)
    this.items[(node << SHIFT) + this.slotAt] = piece
    this.sizes[(node << SHIFT) + this.slotAt] = this.size[piece]
    this.leaf[piece] = node
    this.length += this.size[piece]
    this.resizeAbove(node, this.size[piece])
  }

  /** Makes the place's piece longer or shorter by `by` characters, at its end. */
  resize(by: number): void {
    const node = this.leafAt
    const at = (node << SHIFT) + this.slotAt
    this.size[this.items[at]] += by
    this.sizes[at] += by
    this.length += by
    if (this.staleLeaf !== node) {
      this.flush()
      this.staleLeaf = node
    }
    this.staleBy += by
  }

  /** Takes the place's piece out. There is no place afterwards. */
  remove(): void {
    this.flush()
    const node = this.leafAt
    const at = (node << SHIFT) + this.slotAt
    const piece = this.items[at]
    this.length -= this.sizes[at]
    this.resizeAbove(node, -this.sizes[at])
    this.freePieces.push(piece)
    this.closeGap(node, this.slotAt)
    this.leafAt = NONE
    if (this.count[node] < SPARSE) this.mend(node, true)
  }

  /** Calls `visit` for each piece in order. */
  forEach(visit: (piece: number) => void): void {
    let node = this.root
    for (let level = this.height; level > 0; level--) node = this.items[node << SHIFT]
    for (; node !== NONE; node = this.following[node]) {
      for (let i = node << SHIFT; i < (node << SHIFT) + this.count[node]; i++) visit(this.items[i])
    }
  }

  /** What must hold, as sentences; the first that does not, or null. For tests. */
  fault(): string | null {
    this.flush()
    let total = 0
    let last = NONE
    const walk = (node: number, level: number): number => {
      let sum = 0
      if (this.count[node] === 0 && node !== this.root) throw new Error('an empty node')
      for (let i = node << SHIFT; i < (node << SHIFT) + this.count[node]; i++) {
        const item = this.items[i]
        if (level === 0) {
          if (this.leaf[item] !== node) throw new Error('a piece does not know its leaf')
          if (this.size[item] <= 0) throw new Error('an empty piece')
          if (this.sizes[i] !== this.size[item]) throw new Error('a leaf does not know the size of its piece')
        } else {
          if (this.parent[item] !== node) throw new Error('a node does not know its parent')
          if (this.sizes[i] !== walk(item, level - 1)) throw new Error('a node does not know the size of its child')
        }
        sum += this.sizes[i]
      }
      if (level === 0) {
        if (this.previous[node] !== last) throw new Error('a leaf does not know the one before it')
        if (last !== NONE && this.following[last] !== node) throw new Error('a leaf does not know the one after it')
        last = node
        total += sum
      }
      return sum
    }
    try {
      if (this.parent[this.root] !== NONE) throw new Error('the root has a parent')
      walk(this.root, this.height)
      if (total !== this.length) throw new Error('the tree does not know its length')
      return null
    } catch (error) {
      return error instanceof Error ? error.message : String(error)
    }
  }

  private findNear(index: number): boolean {
    const base = this.leafAt << SHIFT
    let slot = this.slotAt
    let start = this.startAt
    while (index < start) {
      if (slot === 0) return false
      start -= this.sizes[base + --slot]
    }
    const count = this.count[this.leafAt]
    while (index >= start + this.sizes[base + slot]) {
      start += this.sizes[base + slot]
      if (++slot === count) return false
    }
    this.slotAt = slot
    this.startAt = start
    return true
  }

  private findFromRoot(index: number): void {
    this.flush()
    let node = this.root
    let start = 0
    for (let level = this.height; ; level--) {
      let at = node << SHIFT
      while (index >= start + this.sizes[at]) start += this.sizes[at++]
      if (level === 0) {
        this.leafAt = node
        this.slotAt = at - (node << SHIFT)
        this.startAt = start
        return
      }
      node = this.items[at]
    }
  }

  private firstPieceOf(item: number, level: number): number {
    for (; level > 0; level--) item = this.items[item << SHIFT]
    return item
  }

  private flush(): void {
    if (this.staleLeaf === NONE) return
    const leaf = this.staleLeaf
    this.staleLeaf = NONE
    this.resizeAbove(leaf, this.staleBy)
    this.staleBy = 0
  }

  private resizeAbove(node: number, by: number): void {
    for (let parent = this.parent[node]; parent !== NONE; parent = this.parent[node]) {
      this.sizes[(parent << SHIFT) + this.slotOf(parent, node)] += by
      node = parent
    }
  }

  private slotOf(node: number, item: number): number {
    const base = node << SHIFT
    let i = base
    while (this.items[i] !== item) i++
    return i - base
  }

  private makeRoom(node: number, slot: number): void {
    const base = node << SHIFT
    for (let i = base + this.count[node]; i > base + slot; i--) {
      this.items[i] = this.items[i - 1]
      this.sizes[i] = this.sizes[i - 1]
    }
    this.count[node]++
  }

  private closeGap(node: number, slot: number): void {
    const base = node << SHIFT
    const end = base + --this.count[node]
    for (let i = base + slot; i < end; i++) {
      this.items[i] = this.items[i + 1]
      this.sizes[i] = this.sizes[i + 1]
    }
  }

  /** Splits the place's full leaf so that the place has room. A leaf that grows at its end stays nearly full. */
  private splitLeaf(): void {
    const node = this.leafAt
    const keep = this.slotAt === FANOUT ? FANOUT - 4 : FANOUT / 2
    const right = this.split(node, keep, true)
    this.following[right] = this.following[node]
    this.previous[right] = node
    if (this.following[node] !== NONE) this.previous[this.following[node]] = right
    this.following[node] = right
    if (this.slotAt > keep) {
      this.leafAt = right
      this.slotAt -= keep
    }
  }

  /** Moves all but the first `keep` items of a node into a new one right after it, which it answers. */
  private split(node: number, keep: number, isLeaf: boolean): number {
    const right = this.newNode()
    const from = (node << SHIFT) + keep
    const moved = this.count[node] - keep
    let size = 0
    for (let i = 0; i < moved; i++) {
      const item = this.items[from + i]
      this.items[(right << SHIFT) + i] = item
      this.sizes[(right << SHIFT) + i] = this.sizes[from + i]
      size += this.sizes[from + i]
      if (isLeaf) this.leaf[item] = right
      else this.parent[item] = right
    }
    this.count[node] = keep
    this.count[right] = moved
    this.insertAbove(node, right, size)
    return right
  }

  /** Makes `right`, split off from `node` with `size` characters, its neighbour in the parent. */
  private insertAbove(node: number, right: number, size: number): void {
    if (node === this.root) this.raise(size)
    let parent = this.parent[node]
    let slot = this.slotOf(parent, node)
    if (this.count[parent] === FANOUT) {
      const other = this.split(parent, FANOUT / 2, false)
      if (slot >= FANOUT / 2) {
        parent = other
        slot -= FANOUT / 2
      }
    }
    this.sizes[(parent << SHIFT) + slot] -= size
    this.makeRoom(parent, slot + 1)
    this.items[(parent << SHIFT) + slot + 1] = right
    this.sizes[(parent << SHIFT) + slot + 1] = size
    this.parent[right] = parent
  }

  /** Puts a new root above the old one, from which `splitOff` characters have just been split. */
  private raise(splitOff: number): void {
    const old = this.root
    this.root = this.newNode()
    this.count[this.root] = 1
    this.items[this.root << SHIFT] = old
    this.sizes[this.root << SHIFT] = this.sizeOf(old) + splitOff
    this.parent[old] = this.root
    this.height++
  }

  private sizeOf(node: number): number {
    let size = 0
    for (let i = node << SHIFT; i < (node << SHIFT) + this.count[node]; i++) size += this.sizes[i]
    return size
  }

  /** Joins a sparse node with a neighbour where both fit, and takes an empty one out. */
  private mend(node: number, isLeaf: boolean): void {
    const parent = this.parent[node]
    if (parent === NONE) {
      if (!isLeaf && this.count[node] === 1) this.lower()
      return
    }
    const slot = this.slotOf(parent, node)
    const base = parent << SHIFT
    if (this.count[node] === 0) this.takeOut(parent, slot, isLeaf)
    else if (slot + 1 < this.count[parent] && this.count[this.items[base + slot + 1]] + this.count[node] <= FILL) {
      this.join(parent, slot, isLeaf)
    } else if (slot > 0 && this.count[this.items[base + slot - 1]] + this.count[node] <= FILL) {
      this.join(parent, slot - 1, isLeaf)
    } else return
    if (this.count[parent] < SPARSE) this.mend(parent, false)
  }

  /** Moves what is below the node after `slot` into the one at it. */
  private join(parent: number, slot: number, isLeaf: boolean): void {
    const left = this.items[(parent << SHIFT) + slot]
    const right = this.items[(parent << SHIFT) + slot + 1]
    const to = (left << SHIFT) + this.count[left]
    for (let i = 0; i < this.count[right]; i++) {
      const item = this.items[(right << SHIFT) + i]
      this.items[to + i] = item
      this.sizes[to + i] = this.sizes[(right << SHIFT) + i]
      if (isLeaf) this.leaf[item] = left
      else this.parent[item] = left
    }
    this.count[left] += this.count[right]
    this.sizes[(parent << SHIFT) + slot] += this.sizes[(parent << SHIFT) + slot + 1]
    this.takeOut(parent, slot + 1, isLeaf)
  }

  private takeOut(parent: number, slot: number, isLeaf: boolean): void {
    const node = this.items[(parent << SHIFT) + slot]
    if (isLeaf) {
      const before = this.previous[node]
      const after = this.following[node]
      if (before !== NONE) this.following[before] = after
      if (after !== NONE) this.previous[after] = before
    }
    this.freeNodes.push(node)
    this.closeGap(parent, slot)
  }

  private lower(): void {
    this.freeNodes.push(this.root)
    this.root = this.items[this.root << SHIFT]
    this.parent[this.root] = NONE
    this.height--
    if (this.height > 0 && this.count[this.root] === 1) this.lower()
  }

  private fillLevel(below: readonly number[]): number[] {
    const level: number[] = []
    for (let at = 0; at < below.length; at += FILL) {
      const node = this.newNode()
      const children = below.slice(at, at + FILL)
      children.forEach((child, slot) => {
        this.items[(node << SHIFT) + slot] = child
        this.sizes[(node << SHIFT) + slot] = this.sizeOf(child)
        this.parent[child] = node
      })
      this.count[node] = children.length
      level.push(node)
    }
    return level
  }

  private newNode(): number {
    const node = this.freeNodes.pop() ?? this.nodes++
    if (node >= this.count.length) this.widenNodes()
    this.count[node] = 0
    this.parent[node] = NONE
    this.following[node] = NONE
    this.previous[node] = NONE
    return node
  }

  private widenPieces(): void {
    const capacity = this.run.length * 2
    this.run = widened(this.run, capacity)
    this.seq = widened(this.seq, capacity)
    this.size = widened(this.size, capacity)
    this.text = widened(this.text, capacity)
    this.leaf = widened(this.leaf, capacity)
  }

  private widenNodes(): void {
    const capacity = this.count.length * 2
    this.items = widened(this.items, capacity * FANOUT)
    this.sizes = widened(this.sizes, capacity * FANOUT)
    this.count = widened(this.count, capacity)
    this.parent = widened(this.parent, capacity)
    this.following = widened(this.following, capacity)
    this.previous = widened(this.previous, capacity)
  }
}

export function widened(array: Int32Array, capacity: number): Int32Array {
  const wider = new Int32Array(capacity)
  wider.set(array)
  return wider
}
