/** A recorded or made-up writing session of two people, with its concurrency kept; and how it is played again. */
import { Doc, type Edit, incarnation, replicaId, type Update } from '@manyhands/crdt'
import type { Author } from './author.ts'

/** Which of the two writes. */
export type Who = 0 | 1

export interface Step {
  readonly who: Who
  /** In indexes of the text this author has at this moment. */
  readonly edit: Edit
  /** How many steps of the other this author knows of: exactly so many, no more and no fewer. */
  readonly knows: number
}

/** The format of josephg/editing-traces: each transaction is written upon what merging its parents gives. */
export interface Trace {
  readonly endContent: string
  readonly txns: readonly {
    readonly parents: readonly number[]
    readonly agent: Who
    readonly patches: readonly (readonly [position: number, deleted: number, inserted: string])[]
  }[]
}

export function stepsOf(trace: Trace): readonly Step[] {
  /** For each transaction: how many steps of either author it stands upon, itself included. */
  const reached: (readonly [number, number])[] = []
  return trace.txns.flatMap(({ parents, agent, patches }) => {
    const upon = parents.map((parent) => reached[parent] ?? ([0, 0] as const))
    const known = [0, 1].map((who) => Math.max(0, ...upon.map((counts) => counts[who] ?? 0)))
    const [ofFirst = 0, ofSecond = 0] = known
    const more = patches.length
    reached.push(agent === 0 ? [ofFirst + more, ofSecond] : [ofFirst, ofSecond + more])
    return patches.map(([from, deleted, insert]) => ({
      who: agent,
      edit: { from, to: from + deleted, insert },
      knows: agent === 0 ? ofSecond : ofFirst,
    }))
  })
}

/**
 * Plays the steps through two real authors. Before a step its author hears of exactly what the step stands upon: the
 * authors are as concurrent as they were. Copies without a network tell what its text must be by then.
 */
export async function replay(steps: readonly Step[], authors: readonly [Author, Author]): Promise<void> {
  const copies = [copyOf(1), copyOf(2)] as const
  const done: readonly [Update[], Update[]] = [[], []]
  const heard = [0, 0]
  const handovers = handoversOf(steps)
  let writing: Who = 0
  for (const { who, edit, knows } of steps) {
    const other = who === 0 ? 1 : 0
    // A server sends what comes at once as one message. One author after the other, no message holds steps of both.
    if (writing !== who) await authors[writing].settled()
    writing = who
    if (knows > (heard[who] ?? 0)) {
      for (const update of done[other].slice(heard[who], knows)) copies[who].apply(update)
      heard[who] = knows
      await authors[who].hear(knows)
      if (authors[who].client.text() !== copies[who].text())
        throw new Error(`Author ${who} sees another text than was there`)
    }
    done[who].push(copies[who].edit([edit]))
    await authors[who].write([edit])
    // Right here the other will stop listening: what comes later must not share a message with this.
    if (handovers[who].has(done[who].length)) await authors[who].settled()
  }
}

/** For each author, after which of their steps the other hears of them and of no more. */
function handoversOf(steps: readonly Step[]): readonly [ReadonlySet<number>, ReadonlySet<number>] {
  const knownBy = (who: Who): ReadonlySet<number> =>
    new Set(steps.filter((step) => step.who === who).map(({ knows }) => knows))
  return [knownBy(1), knownBy(0)]
}

function copyOf(replica: number): Doc {
  return Doc.create({ replica: replicaId(replica), incarnation: incarnation('0'.repeat(32)) })
}

const MIDDLE = '\n\n— — —\n\n'

/**
 * Two people who each write and delete above and below a line, and hear of each other now and then. What must come of
 * it is known without any merging: each half is its author's alone. `random` gives numbers in [0, 1).
 */
export function madeUpSession(
  length: number,
  random: () => number,
): { readonly steps: readonly Step[]; readonly end: string } {
  const halves = ['', '']
  const steps: Step[] = [{ who: 0, edit: { from: 0, to: 0, insert: MIDDLE }, knows: 0 }]
  /** The length of the first half after each step of its author. */
  const lengths = [0, 0]
  const made = [1, 0]
  const heard = [0, 1]
  for (let n = 0; n < length; n++) {
    const who: Who = random() < 0.5 ? 0 : 1
    if (random() < 0.2) heard[who] = made[1 - who] ?? 0
    const edit = someEdit(halves[who]?.length ?? 0, random)
    halves[who] = applied(halves[who] ?? '', edit)
    const offset = who === 0 ? 0 : (lengths[heard[1] ?? 0] ?? 0) + MIDDLE.length
    const placed = { from: edit.from + offset, to: edit.to + offset, insert: edit.insert }
    steps.push({ who, edit: placed, knows: heard[who] ?? 0 })
    made[who] = (made[who] ?? 0) + 1
    if (who === 0) lengths.push(halves[0]?.length ?? 0)
  }
  return { steps, end: halves.join(MIDDLE) }
}

function someEdit(length: number, random: () => number): Edit {
  const from = Math.floor(random() * (length + 1))
  const to = random() < 0.25 ? Math.min(length, from + Math.floor(random() * 6)) : from
  return {
    from,
    to,
    insert: to > from ? '' : (['word ', 'x', 'é', '\n', 'longer words '][Math.floor(random() * 5)] ?? ''),
  }
}

function applied(text: string, { from, to, insert }: Edit): string {
  return text.slice(0, from) + insert + text.slice(to)
}
