import {
  compareSiblings,
  nameOf,
  type PlainCharacter,
  type PlainId,
  type PlainRun,
  readPlainUpdate,
} from './plain-update.ts'

/**
 * The simple twin of a document: the set of all characters it was told of, with their keys, and the set of deleted ids. Merge is
 * union of both; the text is the characters that are not deleted, in the order of their keys. That is the whole meaning of
 * @manyhands/crdt, and whatever that package does faster must come out like this.
 *
 * It has no allocation of its own: local edits are done by a Doc, and the twin is told. It never forgets a run.
 */
export class PlainDoc {
  private readonly inserted = new Map<string, Character>()
  private readonly deleted = new Map<string, PlainId>()
  private readonly runs = new Map<string, Run>()
  /** Typing whose run has not come yet. It is no part of the document, nor of its version. */
  private aside: { readonly run: string; readonly character: PlainCharacter }[] = []
  /** What follows from the sets, worked out after each change. */
  private alive: readonly Character[] = []
  private known: Ranges = []
  private dead: Ranges = []
  /** The state, to be compared: two copies are equal if and only if these are. */
  canonical = '[[],[]]'

  /** Takes an update in and answers the text; null where the bytes are refused. */
  apply(bytes: Uint8Array): string | null {
    const update = readPlainUpdate(bytes)
    if (update === null) return null
    for (const run of update.runs) this.learn(run)
    for (const character of update.living) {
      this.aside.push({ run: nameOf({ replica: character.replica, seq: character.first }), character })
    }
    const living = new Set(update.living.map(nameOf))
    for (const { replica, from, to } of update.covered) {
      for (let seq = from; seq < to; seq++) {
        const id = { replica, seq }
        if (!living.has(nameOf(id))) this.deleted.set(nameOf(id), id)
      }
    }
    this.aside = this.aside.filter(({ run, character }) => !this.insert(character, this.runs.get(run)))
    this.workOut()
    return this.text()
  }

  text(): string {
    return this.alive.map(({ unit }) => String.fromCharCode(unit)).join('')
  }

  /** The characters that wait for their run. */
  get waiting(): number {
    return this.aside.length
  }

  /** Who wrote the character at an index, and what it was copied from. */
  authorOf(index: number): { readonly id: PlainId; readonly source: PlainId | null } | null {
    const character = this.alive[index]
    if (character === undefined) return null
    const { id, run, offset } = character
    return { id, source: run.source && { replica: run.source.replica, seq: run.source.seq + offset } }
  }

  /** Where an anchor at this character may be: its index; else those of its living copies; else where it was. */
  placesOf(id: PlainId): readonly { readonly index: number; readonly lives: boolean }[] {
    const character = this.inserted.get(nameOf(id))
    if (character === undefined) return []
    const indexes = this.alive.map((_, index) => ({ index, lives: true }))
    const itself = indexes.filter(({ index }) => this.alive[index] === character)
    if (itself.length > 0) return itself
    const copies = indexes.filter(({ index }) => nameOf(this.authorOf(index)?.source ?? NOBODY) === nameOf(id))
    if (copies.length > 0) return copies
    return [{ index: this.alive.filter((other) => compare(other, character) < 0).length, lives: false }]
  }

  /** The state hash, by FORMAT.md. */
  stateHash(): string {
    const known = hashOf(this.known, 0x6b6e6f77)
    const dead = hashOf(this.dead, 0x64656164)
    return hex(known.high + dead.high) + hex(known.low + dead.low)
  }

  /** What `encodeVersion` must write of this state, by FORMAT.md. */
  version(): Uint8Array {
    const bytes = varint(this.known.length)
    for (const { replica, ends } of this.known) {
      const gone = this.dead.find((each) => each.replica === replica) ?? { replica, ends: [] }
      bytes.push(...little(replica, 6), ...varint(ends.length - 1))
      ends.forEach(([from, to], i) => {
        const before = ends[i - 1]
        bytes.push(...varint(from - (before ? before[1] + 1 : 0)), ...varint(to - from - 1))
      })
      const { low, high } = hashOf([gone], 0x64656164)
      bytes.push(...little(low, 4), ...little(high, 4))
      for (const section of sectionsOf(ends.at(-1)?.[1] ?? 0)) {
        const inside = gone.ends.map(([from, to]): Ends => [Math.max(from, section[0]), Math.min(to, section[1])])
        bytes.push(...little(hashOf([{ replica, ends: inside.filter(([from, to]) => from < to) }], 0x64656164).low, 4))
      }
    }
    return Uint8Array.from(bytes)
  }

  private learn(run: PlainRun): Run {
    const name = nameOf({ replica: run.replica, seq: run.first })
    const known = this.runs.get(name)
    if (known !== undefined) return known
    const above = run.parent === null ? null : this.learn(run.parent)
    const learnt = { source: run.source, path: [...(above?.path ?? []), run] }
    this.runs.set(name, learnt)
    return learnt
  }

  /** False if its run is not known yet. What is known already stays as it is. */
  private insert({ replica, seq, unit }: PlainCharacter, run: Run | undefined): boolean {
    const id = { replica, seq }
    const name = nameOf(id)
    if (this.inserted.has(name) || this.deleted.has(name)) return true
    const offset = seq - (run?.path.at(-1)?.first ?? 0)
    if (run !== undefined) this.inserted.set(name, { id, unit, run, offset })
    return run !== undefined
  }

  private workOut(): void {
    this.alive = [...this.inserted.values()].filter(({ id }) => !this.deleted.has(nameOf(id))).sort(compare)
    this.dead = ranges([...this.deleted.values()])
    this.known = ranges([...[...this.inserted.values()].map(({ id }) => id), ...this.deleted.values()])
    this.canonical = JSON.stringify([this.known, this.dead])
  }
}

const NOBODY: PlainId = { replica: 0, seq: 0 }

/** A run with the path to it: its ancestors from the start token down, then itself. */
interface Run {
  readonly source: PlainId | null
  readonly path: readonly PlainRun[]
}

/** Its key is the path of its run and its offset there. */
interface Character {
  readonly id: PlainId
  readonly unit: number
  readonly run: Run
  readonly offset: number
}

/** The order of the text: an in-order walk of the runs. */
function compare(a: Character, b: Character): number {
  for (let i = 0; ; i++) {
    const [stepA, stepB] = [a.run.path[i], b.run.path[i]]
    if (stepA && stepB) {
      const order = compareSiblings(stepA, stepB)
      if (order !== 0) return order
    } else {
      // One of them, or both, is in the run that both have come to; the other hangs there.
      const order = (stepA?.anchor ?? a.offset) - (stepB?.anchor ?? b.offset)
      return order || (stepA?.side ?? 0) - (stepB?.side ?? 0)
    }
  }
}

type Ends = readonly [from: number, to: number]

/** Ids as ranges that do not touch, of each replica, both in order. */
type Ranges = readonly { readonly replica: number; readonly ends: readonly Ends[] }[]

function ranges(ids: readonly PlainId[]): Ranges {
  const sets = new Map<number, Set<number>>()
  for (const { replica, seq } of ids) sets.set(replica, (sets.get(replica) ?? new Set()).add(seq))
  return [...sets].sort(([a], [b]) => a - b).map(([replica, seqs]) => ({ replica, ends: endsOf(seqs) }))
}

function endsOf(seqs: ReadonlySet<number>): readonly Ends[] {
  const sorted = [...seqs].sort((a, b) => a - b)
  const froms = sorted.filter((seq) => !seqs.has(seq - 1))
  const lasts = sorted.filter((seq) => !seqs.has(seq + 1))
  return froms.map((from, i): Ends => [from, (lasts[i] ?? from) + 1])
}

/** The sections of a replica's ids up to `end`; none where one would do. */
function sectionsOf(end: number): readonly Ends[] {
  let size = 1024
  while (64 * size < end) size *= 2
  const sections: Ends[] = []
  for (let from = 0; from < end; from += size) sections.push([from, from + size])
  return sections.length > 1 ? sections : []
}

function hashOf(sets: Ranges, salt: number): { readonly low: number; readonly high: number } {
  let [low, high] = [0, 0]
  for (const { replica, ends } of sets) {
    const seedLow = mix(mix((replica % 2 ** 32) ^ salt) ^ Math.floor(replica / 2 ** 32))
    const seedHigh = mix(seedLow ^ 0x9e3779b9)
    for (const [from, to] of ends) {
      low = (low + mix(to ^ seedLow) - mix(from ^ seedLow)) | 0
      high = (high + mix(to ^ seedHigh) - mix(from ^ seedHigh)) | 0
    }
  }
  return { low, high }
}

/** MurmurHash3's 32-bit finalizer. */
function mix(n: number): number {
  let h = n ^ (n >>> 16)
  h = Math.imul(h, 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return h ^ (h >>> 16)
}

function hex(n: number): string {
  return (n >>> 0).toString(16).padStart(8, '0')
}

function varint(n: number): number[] {
  return n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))]
}

/** Little-endian. */
function little(n: number, bytes: number): readonly number[] {
  return Array.from({ length: bytes }, (_, i) => Math.floor((n < 0 ? n + 2 ** 32 : n) / 256 ** i) % 256)
}
