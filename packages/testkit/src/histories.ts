import { Buffer } from 'node:buffer'
import {
  applyEdits,
  type CharacterAnchor,
  check,
  Doc,
  decodeUpdate,
  decodeVersion,
  type Edit,
  encodeVersion,
  incarnation,
  includes,
  partsOf,
  type ReplicaId,
  type Result,
  replicaId,
  UndoHistory,
  type Update,
} from '@manyhands/crdt'
import { wholeIndex } from './editors.ts'
import { PlainDoc } from './plain-doc.ts'
import { below, pick, type Random } from './random.ts'

/**
 * What happens to the copies of one document, step by step, as plain values: they can be printed, shrunk and kept. Every number
 * is taken modulo what there is, so that every list of steps is a history.
 */
export type Step =
  | {
      readonly do: 'edit'
      readonly who: number
      readonly parts: readonly Part[]
      readonly time?: number
      readonly late?: boolean
    }
  | { readonly do: 'undo' | 'redo' | 'reload' | 'join'; readonly who: number }
  /** Hands over one of the updates that are under way to a copy; it may be handed over again if `keep` says so. */
  | { readonly do: 'deliver'; readonly who: number; readonly which: number; readonly keep: boolean }
  | { readonly do: 'lose'; readonly who: number; readonly which: number }
  /** One copy asks another for what it lacks, at once or in small parts, the last first; or for everything. */
  | { readonly do: 'sync' | 'parts' | 'merge'; readonly who: number; readonly from: number }

/**
 * A part of an edit, which is told to others as a value whose bytes are asked for at once or, if it is `late`, when it arrives: what it
 * says may not depend on what happens in between. `at` is an index, or the caret: where this copy's last edit began or ended. */
export interface Part {
  readonly at: number | 'begin' | 'end'
  readonly cut: number
  readonly insert: string
  /** Says that the text is a copy of this living or dead character's and its followers'. */
  readonly copy?: number
}

/** One copy, its twin, and what is under way to it. */
interface Copy {
  doc: Doc
  twin: PlainDoc
  undo: UndoHistory
  begin: number
  end: number
  readonly inbox: (Update | Uint8Array)[]
  /** Places noted after edits, some of them long ago. */
  readonly anchors: CharacterAnchor[]
}

/** Where a document and its twin say different things, or a promise is broken. */
export class Disagreement extends Error {}

/** Some copies of one document, each beside its twin. Every step is done by both, and everything they can say is compared. */
export class Copies {
  private readonly copies: Copy[] = []
  private replicas = 0

  constructor(count: number) {
    for (let i = 0; i < count; i++) {
      this.add(Doc.create({ replica: this.nextReplica(), incarnation: INCARNATION }), new PlainDoc())
    }
  }

  get texts(): readonly string[] {
    return this.copies.map(({ doc }) => doc.text())
  }

  take(step: Step): void {
    const copy = this.copy(step.who)
    switch (step.do) {
      case 'edit':
        return this.edit(copy, editsOf(copy, step.parts), step.time ?? 0, step.late ?? false)
      case 'undo':
      case 'redo':
        return this.turn(copy, step.do)
      case 'reload':
        return this.reload(copy)
      case 'join':
        if (this.copies.length < 5) this.join(copy)
        return
      case 'deliver':
        return this.deliver(copy, step.which, step.keep)
      case 'lose':
        copy.inbox.splice(step.which % (copy.inbox.length || 1), 1)
        return
      case 'sync':
        return this.sync(copy, this.copy(step.from))
      case 'parts':
        return this.syncInParts(copy, this.copy(step.from))
      case 'merge':
        return this.tell(copy, this.copy(step.from).doc.encode())
    }
  }

  /** Brings all copies together, without what is under way, and compares them. */
  finish(): void {
    for (const copy of this.copies) for (const other of this.copies) if (copy !== other) this.sync(copy, other)
    for (const copy of this.copies) this.mustSurviveSaving(copy)
    this.mustBeOne()
  }

  private copy(n: number): Copy {
    const copy = this.copies[n % this.copies.length]
    if (copy === undefined) throw new RangeError('No copies')
    return copy
  }

  private nextReplica(): ReplicaId {
    // Ids of all lengths, in no order: that of the ids decides between neighbours.
    return replicaId(
      [9, 2 ** 40 + 5, 2, 2 ** 33, 2 ** 48 - 1][this.replicas++] ??
        100 + this.replicas + ((this.replicas * 37) % 89) * 2 ** 31,
    )
  }

  private add(doc: Doc, twin: PlainDoc): void {
    this.copies.push({ doc, twin, undo: new UndoHistory(doc), begin: 0, end: 0, inbox: [], anchors: [] })
  }

  private edit(copy: Copy, edits: readonly Edit[], time: number, late: boolean): void {
    const before = copy.doc.text()
    const version = copy.doc.version()
    const update = copy.undo.edit(edits, {
      time,
      selection: [Math.min(copy.begin, before.length), Math.min(copy.end, before.length)],
    })
    this.sent(copy, before, edits)
    mustTell(copy.twin, late ? copy.doc.updateSince(version).bytes : update.bytes)
    this.post(copy, late ? update : update.bytes)
    this.compare(copy)
  }

  private turn(copy: Copy, which: 'undo' | 'redo'): void {
    const before = copy.doc.text()
    const undone = copy.undo[which]()
    if (undone === null) return
    this.sent(copy, before, undone.edits)
    mustTell(copy.twin, undone.update.bytes)
    this.post(copy, undone.update.bytes)
    this.compare(copy)
  }

  /** After what a copy did itself. */
  private sent(copy: Copy, before: string, edits: readonly Edit[]): void {
    const after = copy.doc.text()
    mustEqual(after, applyEdits(before, edits), 'An edit did not do what it says')
    const last = edits.at(-1)
    copy.begin = last?.from ?? copy.begin
    copy.end = Math.min(after.length, (last?.from ?? copy.end) + (last?.insert.length ?? 0))
    const anchor = copy.doc.anchorAt(copy.end, copy.begin % 2 === 0 ? 'after' : 'before')
    if (typeof anchor === 'object' && copy.anchors.push(anchor) > 4) copy.anchors.shift()
  }

  private post(from: Copy, update: Update | Uint8Array): void {
    for (const other of this.copies) if (other !== from) other.inbox.push(update)
  }

  private deliver(copy: Copy, which: number, keep: boolean): void {
    const at = which % (copy.inbox.length || 1)
    const update = copy.inbox[at]
    if (update === undefined) return
    if (!keep) copy.inbox.splice(at, 1)
    this.tell(copy, update)
  }

  private syncInParts(copy: Copy, { doc }: Copy): void {
    const missing = doc.updateSince(copy.doc.version())
    for (const part of [...partsOf(doc, missing, 48)].reverse()) this.tell(copy, part.bytes)
    mustEqual(includes(copy.doc.version(), doc.version()), true, 'The parts of an update leave something out')
  }

  private sync(copy: Copy, from: Copy): void {
    const version = mustRead(decodeVersion(encodeVersion(copy.doc.version())))
    this.tell(copy, from.doc.updateSince(version).bytes)
  }

  private tell(copy: Copy, update: Update | Uint8Array): void {
    const before = copy.doc.text()
    const edits = copy.doc.apply(update instanceof Uint8Array ? mustRead(decodeUpdate(update)) : update)
    const bytes = update instanceof Uint8Array ? update : update.bytes
    const text = mustTell(copy.twin, bytes)
    if (!(update instanceof Uint8Array))
      mustEqual(idsOf(mustRead(decodeUpdate(bytes))), idsOf(update), 'An update’s bytes say other than it does')
    mustEqual(copy.doc.text(), text, 'The text is not the twin’s')
    mustEqual(copy.doc.text(), applyEdits(before, edits), 'The edits answered do not lead to the text')
    this.compare(copy)
  }

  private reload(copy: Copy): void {
    const bytes = this.mustSurviveSaving(copy)
    const text = copy.doc.text()
    copy.doc = mustRead(Doc.load(bytes, { replica: this.nextReplica() }))
    copy.undo = new UndoHistory(copy.doc)
    // The old twin knows more runs than were saved: typing that goes on with one of those waits from now on.
    copy.twin = twinOf(bytes)
    mustEqual(copy.doc.text(), text, 'The text changed when it was saved and loaded')
    this.compare(copy)
  }

  private join(copy: Copy): void {
    const bytes = copy.doc.encode()
    this.add(mustRead(Doc.load(bytes, { replica: this.nextReplica() })), twinOf(bytes))
    this.compare(this.copy(this.copies.length - 1))
  }

  private mustSurviveSaving({ doc, twin }: Copy): Uint8Array {
    const bytes = doc.encode()
    const loaded = mustRead(Doc.load(bytes, { replica: OUTSIDER }))
    check(loaded)
    mustEqual(hexOf(loaded.encode()), hexOf(bytes), 'Saved again, a loaded document is other bytes')
    mustEqual(loaded.stateHash(), doc.stateHash(), 'A loaded document has another hash')
    mustEqual(twinOf(bytes).canonical, twin.canonical, 'A saved document is another state')
    return bytes
  }

  private compare(copy: Copy): void {
    const { doc, twin } = copy
    check(doc)
    mustEqual(doc.text(), twin.text(), 'The text is not the twin’s')
    mustEqual(doc.stateHash(), twin.stateHash(), 'The state hash is not that of the twin’s state')
    mustEqual(hexOf(encodeVersion(doc.version())), hexOf(twin.version()), 'The version is not the twin’s')
    mustEqual(doc.waiting > 0, twin.waiting > 0, 'Something waits, or does not')
    for (const { id, side, key } of copy.anchors) {
      const places = twin.placesOf(id).map(({ index, lives }) => index + (lives && side === 'after' ? 1 : 0))
      const index = doc.indexOf({ id, side, ...(key && { key }) })
      if (places.length > 0 && (index === null || !places.includes(index)))
        mustEqual([index], places, 'An anchor is elsewhere')
    }
    if (doc.length > 0) {
      const index = Math.min(copy.end, doc.length - 1)
      mustEqual(
        JSON.stringify(doc.authorOf(index)),
        JSON.stringify(twin.authorOf(index)),
        'The author is not the twin’s',
      )
    }
    for (const other of this.copies) {
      const same = other.twin.canonical === twin.canonical
      mustEqual(other.doc.stateHash() === doc.stateHash(), same, 'Equal hashes are not equal states')
      if (same) mustEqual(other.doc.text(), doc.text(), 'Equal states are not equal texts')
    }
  }

  private mustBeOne(): void {
    const [first, ...others] = this.copies
    for (const other of others) {
      mustEqual(other.doc.text(), first?.doc.text(), 'The copies do not end with one text')
      mustEqual(other.doc.stateHash(), first?.doc.stateHash(), 'The copies do not end with one hash')
    }
    for (const { doc } of this.copies) mustEqual(doc.waiting, 0, 'Something waits although all is known')
  }
}

/** Runs a history to its end. What is wrong is thrown with the steps that lead there. */
export function runHistory(copies: number, steps: readonly Step[]): void {
  const all = new Copies(copies)
  steps.forEach((step, i) => {
    try {
      all.take(step)
    } catch (error) {
      throw new Disagreement(`After ${i + 1} steps: ${told(error)}\n${printed(copies, steps.slice(0, i + 1))}`)
    }
  })
  try {
    all.finish()
  } catch (error) {
    throw new Disagreement(`At the end: ${told(error)}\n${printed(copies, steps)}`)
  }
}

/** The steps as a line of code. */
function printed(copies: number, steps: readonly Step[]): string {
  return `runHistory(${copies}, ${JSON.stringify(steps)})`
}

function told(error: unknown): string {
  return error instanceof Error ? (error instanceof Disagreement ? error.message : `${error.stack}`) : String(error)
}

const TEXTS = ['a', 'b', 'ab', 'ba', 'aab', 'x\n', '😀', 'é', 'a😀b', 'abababab']

/** Steps as they come in life: mostly typing on and delivering; now and then each of the others. */
export function randomStep(random: Random): Step {
  const who = below(random, 60)
  const chance = random()
  if (chance < 0.45)
    return { do: 'edit', who, parts: randomParts(random), time: below(random, 3) * 300, late: random() < 0.4 }
  if (chance < 0.72) return { do: 'deliver', who, which: below(random, 60), keep: random() < 0.3 }
  if (chance < 0.77) return { do: 'lose', who, which: below(random, 60) }
  if (chance < 0.86) return { do: random() < 0.3 ? 'parts' : 'sync', who, from: below(random, 60) }
  if (chance < 0.89) return { do: 'merge', who, from: below(random, 60) }
  if (chance < 0.95) return { do: random() < 0.7 ? 'undo' : 'redo', who }
  return { do: random() < 0.7 ? 'reload' : 'join', who }
}

function randomParts(random: Random): readonly Part[] {
  const count = random() < 0.8 ? 1 : 1 + below(random, 3)
  return Array.from({ length: count }, () => {
    const at = random() < 0.35 ? 'end' : random() < 0.2 ? 'begin' : below(random, 60)
    const cut = random() < 0.3 ? 1 + below(random, 4) : random() < 0.05 ? 60 : 0
    const insert = cut > 0 && random() < 0.6 ? '' : pick(random, TEXTS)
    return random() < 0.05 ? { at, cut, insert, copy: below(random, 60) } : { at, cut, insert }
  })
}

/** A number of copies from two to five, and what happens to them: at random, or apart for long and then together. */
export function randomHistory(
  random: Random,
  length: number,
): { readonly copies: number; readonly steps: readonly Step[] } {
  const copies = 2 + below(random, 4)
  const steps = Array.from({ length }, () => randomStep(random))
  const forks = random() < 0.25
  return { copies, steps: forks ? [...steps.filter(isLocal), ...steps.filter((step) => !isLocal(step))] : steps }
}

/** Two or three copies that are apart for 30 to 200 edits each, mostly nearer to 30, and then hear of each other in some way. */
export function randomFork(random: Random): { readonly copies: number; readonly steps: readonly Step[] } {
  const copies = 2 + below(random, 2)
  const edits = 30 + Math.floor(171 * random() ** 4)
  const apart = stepsLike(random, copies * edits, isLocal).map((step, i) => ({ ...step, who: i % copies }))
  return { copies, steps: [...apart, ...stepsLike(random, 15, (step) => !isLocal(step))] }
}

function stepsLike(random: Random, count: number, isWanted: (step: Step) => boolean): readonly Step[] {
  const steps: Step[] = []
  while (steps.length < count) steps.push(...[randomStep(random)].filter(isWanted))
  return steps
}

function isLocal(step: Step): boolean {
  return step.do === 'edit' || step.do === 'undo' || step.do === 'redo'
}

const INCARNATION = incarnation('0123456789abcdef0123456789abcdef')
const OUTSIDER = replicaId(77)

/** Disjoint, rising edits of the text as it is, none of which touches half a surrogate pair. */
function editsOf(copy: Copy, parts: readonly Part[]): readonly Edit[] {
  const text = copy.doc.text()
  const indexed = parts
    .map((part) => ({ ...part, index: indexOf(copy, text, part.at) }))
    .sort((a, b) => a.index - b.index)
  const edits: Edit[] = []
  for (const { index, cut, insert, copy: copied } of indexed) {
    const from = wholeIndex(text, Math.max(index, edits.at(-1)?.to ?? 0))
    const to = wholeIndex(text, Math.min(text.length, from + cut))
    if (from === to && insert === '') continue
    const source = copied === undefined || text === '' ? null : copy.doc.authorOf(copied % text.length).id
    edits.push(source ? { from, to: Math.max(from, to), insert, source } : { from, to: Math.max(from, to), insert })
  }
  return edits
}

function indexOf(copy: Copy, text: string, at: Part['at']): number {
  if (at === 'begin') return Math.min(copy.begin, text.length)
  return at === 'end' ? Math.min(copy.end, text.length) : at % (text.length + 1)
}

function idsOf({ inserts, covers }: Pick<Update, 'inserts' | 'covers'>): string {
  return JSON.stringify([inserts, covers])
}

function twinOf(bytes: Uint8Array): PlainDoc {
  const twin = new PlainDoc()
  mustTell(twin, bytes)
  return twin
}

function mustTell(twin: PlainDoc, bytes: Uint8Array): string {
  const text = twin.apply(bytes)
  if (text === null) throw new Disagreement('The twin refuses what a document wrote')
  return text
}

function mustRead<T>(result: Result<T, { readonly message: string }>): T {
  if (!result.ok) throw new Disagreement(`It cannot be read: ${result.error.message}`)
  return result.value
}

function mustEqual<T>(actual: T, expected: T, sentence: string): void {
  if (actual !== expected)
    throw new Disagreement(`${sentence}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`)
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex')
}
