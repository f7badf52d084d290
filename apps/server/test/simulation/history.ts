import { below, pick, type Random, seededRandom } from '@manyhands/testkit'
import type { AckLevel } from '../../src/rooms/acknowledgements.ts'

/** A world as it begins, and all that happens in it. The same history runs the same way every time. */
export interface History {
  readonly servers: number
  readonly ack: AckLevel
  readonly documents: number
  readonly tabs: number
  /** In which tabs share a device. None: each tab is alone, and what it has not saved goes with it. */
  readonly browsers: number
  readonly limits: Limits
  /** Milliseconds that a message, and a write, take at most, but for a few that take much longer. */
  readonly slowestMessage: number
  readonly slowestWrite: number
  /** Whether everybody has the document before anything goes wrong. */
  readonly beginsCalm: boolean
  /** Whether time passes before things are made whole. */
  readonly lingers: boolean
  readonly steps: readonly Step[]
}

/** What would take long texts, made short. */
export interface Limits {
  readonly snapshotAfterBytes: number
  readonly partBytes: number
  readonly slowReaderBytes: number
  readonly mostEntries: number
  readonly lastWords: number
}

/**
 * One thing that happens. Numbers point at tabs, servers, or parties (servers, then tabs), counted round, so that a step
 * means something in any history. `luck` is the chance in all that it brings about: a step that is left out does not
 * change the luck of the others.
 */
export type Step = { readonly luck: number } & (
  | { readonly do: 'wait'; readonly ms: number }
  /** At the caret where `at` is null. */
  | {
      readonly do: 'edit'
      readonly tab: number
      readonly at: number | null
      readonly erase: number
      readonly type: number
    }
  | { readonly do: 'undo'; readonly tab: number }
  | { readonly do: 'redo'; readonly tab: number }
  | { readonly do: 'rename'; readonly tab: number }
  | { readonly do: 'visit'; readonly document: number }
  | { readonly do: 'reload'; readonly tab: number }
  | { readonly do: 'leave'; readonly tab: number }
  | { readonly do: 'retry'; readonly tab: number }
  | { readonly do: 'demote'; readonly tab: number }
  | { readonly do: 'promote'; readonly tab: number }
  | { readonly do: 'freeze'; readonly party: number }
  | { readonly do: 'thaw'; readonly party: number }
  | { readonly do: 'cut one' }
  | { readonly do: 'cut'; readonly a: number; readonly b: number; readonly silent: boolean }
  | { readonly do: 'heal'; readonly a: number; readonly b: number }
  | { readonly do: 'crash'; readonly server: number }
  | { readonly do: 'start'; readonly server: number }
  /** One server finds another one no more, or again, where it looks for its peers. */
  | { readonly do: 'unlist'; readonly server: number; readonly other: number }
  | { readonly do: 'list'; readonly server: number; readonly other: number }
  | { readonly do: 'lose disk'; readonly server: number }
  /** `alone`: perhaps nobody else has what is lost by it. `gone`: it is not even there. */
  | {
      readonly do: 'rot'
      readonly server: number
      readonly document: number
      readonly update: number
      readonly alone: boolean
      readonly gone: boolean
    }
  /** No server can be reached from there any more, with whatever tabs. */
  | { readonly do: 'unplug'; readonly browser: number; readonly silent: boolean }
  | { readonly do: 'plug in'; readonly browser: number }
  | { readonly do: 'fill device'; readonly browser: number }
  | { readonly do: 'empty device'; readonly browser: number }
  | { readonly do: 'wipe device'; readonly browser: number }
  | { readonly do: 'fill disk'; readonly server: number }
  | { readonly do: 'empty disk'; readonly server: number }
)

type Deed = Step extends infer S ? (S extends Step ? Omit<S, 'luck'> : never) : never

/** What may go wrong together. Each history has some of them, for faults hide each other. (Groce et al., Swarm Testing, 2012.) */
const FAULTS: readonly ((random: Random) => Deed)[] = [
  () => ({ do: 'cut one' }),
  (random) => ({ do: 'cut', a: number(random), b: number(random), silent: random() < 0.5 }),
  (random) => ({ do: 'crash', server: number(random) }),
  (random) => ({ do: 'lose disk', server: number(random) }),
  (random) => ({ do: random() < 0.5 ? 'fill disk' : 'empty disk', server: number(random) }),
  (random) => ({
    do: 'rot',
    server: number(random),
    document: number(random),
    update: number(random),
    alone: random() < 0.2,
    gone: random() < 0.3,
  }),
  (random) => ({ do: 'freeze', party: number(random) }),
  (random) => ({ do: 'reload', tab: number(random) }),
  (random) => ({ do: random() < 0.5 ? 'visit' : 'leave', tab: number(random), document: number(random) }),
  (random) => ({ do: random() < 0.5 ? 'demote' : 'promote', tab: number(random) }),
  (random) => ({ do: random() < 0.6 ? 'undo' : 'redo', tab: number(random) }),
  (random) => ({ do: random() < 0.5 ? 'fill device' : 'empty device', browser: number(random) }),
  (random) => ({ do: 'wipe device', browser: number(random) }),
  (random) => ({ do: 'unplug', browser: number(random), silent: random() < 0.5 }),
]

const REPAIRS: readonly ((random: Random) => Deed)[] = [
  (random) => ({ do: 'heal', a: number(random), b: number(random) }),
  (random) => ({ do: 'start', server: number(random) }),
  (random) => ({ do: 'thaw', party: number(random) }),
  (random) => ({ do: 'retry', tab: number(random) }),
  (random) => ({ do: 'plug in', browser: number(random) }),
]

/** In every seventh history servers come and go where the others look for them. Drawn apart: the other seeds keep their meaning. */
function withListings(seed: number, steps: readonly Step[]): readonly Step[] {
  if (seed % 7 !== 3) return steps
  const random = seededRandom(seed)
  const listing = (): Step => ({
    do: random() < 0.5 ? 'unlist' : 'list',
    server: number(random),
    other: number(random),
    luck: below(random, 2 ** 32),
  })
  return steps.flatMap((step) => (random() < 0.2 ? [listing(), step] : [step]))
}

export function randomHistory(seed: number): History {
  const random = seededRandom(seed)
  const faults = FAULTS.filter(() => random() < 0.4)
  const servers = 1 + (seed % 3)
  const length = 20 + below(random, 40)
  return {
    servers,
    ack: servers > 1 && random() < 0.6 ? 'replicated' : 'local',
    documents: random() < 0.15 ? 2 : 1,
    tabs: 2 + below(random, 3),
    browsers: random() < 0.4 ? 1 + below(random, 2) : 0,
    limits: {
      snapshotAfterBytes: pick(random, [40, 200, 100_000]),
      partBytes: pick(random, [40, 100, 100_000]),
      slowReaderBytes: pick(random, [50, 300, 100_000]),
      mostEntries: pick(random, [2, 8, 300]),
      lastWords: pick(random, [1, 64]),
    },
    slowestMessage: pick(random, [2, 20, 100]),
    slowestWrite: pick(random, [2, 20, 200]),
    beginsCalm: random() < 0.8,
    lingers: random() < 0.4,
    steps: withListings(
      seed,
      Array.from({ length }, () => ({ ...randomDeed(random, faults), luck: below(random, 2 ** 32) })),
    ),
  }
}

function randomDeed(random: Random, faults: readonly ((random: Random) => Deed)[]): Deed {
  const dice = random()
  if (dice < 0.4) return edit(random)
  if (dice < 0.7) return { do: 'wait', ms: random() < 0.2 ? below(random, 15_000) : below(random, 120) }
  if (dice < 0.72) return { do: 'rename', tab: number(random) }
  return pick(random, dice < 0.86 && faults.length > 0 ? faults : REPAIRS)(random)
}

function edit(random: Random): Deed {
  const erase = random() < 0.3 ? 1 + below(random, 4) : 0
  const type = erase > 0 && random() < 0.6 ? 0 : 1 + below(random, 4)
  return { do: 'edit', tab: number(random), at: random() < 0.5 ? null : number(random), erase, type }
}

/** Enough to point at anything. */
function number(random: Random): number {
  return below(random, 5040)
}
