import { below, type Random, seededRandom } from '@manyhands/testkit'
import { describe, expect, test } from 'vitest'
import { check } from '../src/check.ts'
import { IdMap, keyOf, replicaOfKey, seqOfKey } from '../src/id-map.ts'
import { replicaId } from '../src/ids.ts'
import { Intervals } from '../src/intervals.ts'
import { roomBefore } from '../src/key.ts'
import { LEFT, RIGHT, Runs, START } from '../src/runs.ts'
import { PieceTree } from '../src/tree.ts'
import { meet, Person } from './people.ts'

const SEEDS = Array.from({ length: 10 }, (_, i) => i)

describe('a set of ranges is like a set of numbers', () => {
  test.each(SEEDS)('under random additions, seed %i', (seed) => {
    const random = seededRandom(seed)
    const set = new Intervals()
    const twin = new Set<number>()
    for (let i = 0; i < 200; i++) {
      const from = below(random, 60)
      const to = from + below(random, 6)
      set.add(from, to)
      for (let n = from; n < to; n++) twin.add(n)
      expect(set.flat).toEqual(flatOf(twin))
      expect(set.end).toBe(Math.max(0, ...[...twin].map((n) => n + 1)))
      expect(set.isEmpty).toBe(twin.size === 0)
      const [low, high] = [below(random, 66), below(random, 66)]
      expect(set.has(low)).toBe(twin.has(low))
      if (low >= high) continue
      const inside = numbers(low, high)
      expect(set.hasAll(low, high)).toBe(inside.every((n) => twin.has(n)))
      expect(visited((visit) => set.gaps(low, high, visit))).toEqual(
        flatOf(new Set(inside.filter((n) => !twin.has(n)))),
      )
      expect(visited((visit) => set.overlaps(low, high, visit))).toEqual(
        flatOf(new Set(inside.filter((n) => twin.has(n)))),
      )
    }
  })

  test.each(SEEDS)('under many additions at once, seed %i', (seed) => {
    const random = seededRandom(seed)
    for (let i = 0; i < 200; i++) {
      const [some, more] = [scattered(random), scattered(random)]
      const set = new Intervals(flatOf(some))
      set.addAll(flatOf(more))
      expect(set.flat).toEqual(flatOf(new Set([...some, ...more])))
    }
  })

  test('touching ranges are one', () => {
    const set = new Intervals()
    for (const [from, to] of [
      [5, 6],
      [0, 2],
      [3, 5],
      [2, 3],
      [9, 9],
      [6, 7],
    ] as const)
      set.add(from, to)
    expect(set.flat).toEqual([0, 7])
  })
})

/** Up to sixty numbers, in a stretch of two hundred. */
function scattered(random: Random): ReadonlySet<number> {
  const start = below(random, 150)
  const density = random()
  return new Set(numbers(start, start + below(random, 60)).filter(() => random() < density))
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i)
}

function flatOf(set: ReadonlySet<number>): number[] {
  const sorted = [...set].sort((a, b) => a - b)
  return sorted.flatMap((n) => [...(set.has(n - 1) ? [] : [n]), ...(set.has(n + 1) ? [] : [n + 1])])
}

function visited(walk: (visit: (from: number, to: number) => void) => void): number[] {
  const list: number[] = []
  walk((from, to) => list.push(from, to))
  return list
}

describe('a map of ids is like a sorted list', () => {
  test('the keys of one replica lie together, and say what they are made of', () => {
    expect(keyOf(1, 0)).toBeGreaterThan(keyOf(0, 2 ** 31 - 1))
    expect([replicaOfKey(keyOf(7, 2 ** 31 - 2)), seqOfKey(keyOf(7, 2 ** 31 - 2))]).toEqual([7, 2 ** 31 - 2])
  })

  test.each(SEEDS)('under random steps, seed %i', (seed) => {
    const random = seededRandom(seed)
    const twin = new Map<number, number>()
    const initial = seed % 3 === 0 ? Array.from({ length: below(random, 600) }, (_, i) => i * 3) : []
    const map =
      seed % 3 === 0
        ? IdMap.from(
            Float64Array.from(initial),
            Int32Array.from(initial, (key) => key + 1),
          )
        : new IdMap()
    for (const key of initial) twin.set(key, key + 1)
    for (let i = 0; i < 1500; i++) {
      const key = below(random, 2000)
      const chance = random()
      const emptying = i > 1000 && seed % 2 === 0
      if (!twin.has(key) && !emptying) {
        map.add(key, i)
        twin.set(key, i)
      } else if (twin.has(key) && (chance < 0.4 || emptying)) {
        map.delete(key)
        twin.delete(key)
      } else if (twin.has(key) && chance < 0.6 && !twin.has(key + 1)) {
        map.rename(key, key + 1)
        twin.set(key + 1, twin.get(key) ?? -1)
        twin.delete(key)
      }
      const probe = below(random, 2100)
      const sorted = i % 10 === 0 ? [...twin.keys()].sort((a, b) => a - b) : null
      expect(map.get(probe)).toBe(twin.get(probe) ?? -1)
      if (!sorted) continue
      const before = sorted.filter((each) => each <= probe)
      const from = sorted.filter((each) => each >= probe)
      expect(map.floor(probe)).toBe(twin.get(before.at(-1) ?? -1) ?? -1)
      expect(map.next()).toBe(twin.get(sorted[before.length] ?? -1) ?? -1)
      expect(map.ceiling(probe)).toBe(twin.get(from[0] ?? -1) ?? -1)
      if (from.length > 0)
        expect([...from.map(() => map.next())]).toEqual([...from.slice(1).map((key) => twin.get(key)), -1])
    }
  })

  test('rising keys, as typing makes them, and none left in the end', () => {
    const map = new IdMap()
    for (let key = 0; key < 5000; key++) map.add(key, key)
    for (let key = 0; key < 5000; key++) expect(map.get(key)).toBe(key)
    for (let key = 4999; key >= 0; key--) map.delete(key)
    expect(map.floor(10_000)).toBe(-1)
    expect(map.ceiling(0)).toBe(-1)
  })
})

describe('a tree of pieces is like an array', () => {
  test.each(SEEDS)('under thousands of random steps, seed %i', (seed) => {
    const random = seededRandom(seed)
    const tree = new PieceTree(seed % 2 === 0 ? 16 : 2000)
    const twin: number[] = []
    let serial = 0
    const add = (): number => tree.newPiece(1, serial++, 1 + below(random, 5), 0)
    if (seed % 4 === 0) {
      for (let i = 0; i < 1500; i++) twin.push(add())
      tree.fill()
      expect(tree.fault()).toBeNull()
    }
    const start = (slot: number): number => twin.slice(0, slot).reduce((sum, piece) => sum + (tree.size[piece] ?? 0), 0)
    for (let i = 0; i < 3000; i++) {
      const growing = Math.floor(i / 600) % 2 === 0
      const slot = seed % 5 === 1 ? Math.max(0, twin.length - 1) : below(random, twin.length)
      const chance = random()
      if (twin.length === 0 || chance < (growing ? 0.6 : 0.15)) {
        if (twin.length > 0) tree.goTo(twin[slot] ?? -1)
        const after = random() < 0.7
        const piece = add()
        tree.insert(piece, after)
        twin.splice(twin.length === 0 ? 0 : after ? slot + 1 : slot, 0, piece)
        expect([tree.piece, tree.startAt]).toEqual([piece, start(twin.indexOf(piece))])
      } else if (chance < 0.8) {
        tree.goTo(twin[slot] ?? -1)
        tree.remove()
        twin.splice(slot, 1)
      } else {
        tree.goTo(twin[slot] ?? -1)
        if ((tree.size[twin[slot] ?? -1] ?? 0) > 1 && random() < 0.5) tree.resize(-1)
        else tree.resize(1 + below(random, 3))
      }
      if (i % 20 === 0) compare()
    }
    while (twin.length > 0) {
      const slot = below(random, twin.length)
      tree.goTo(twin[slot] ?? -1)
      tree.remove()
      twin.splice(slot, 1)
      if (twin.length % 20 === 0) compare()
    }
    compare()

    function compare(): void {
      expect(tree.length).toBe(start(twin.length))
      if (random() < 0.5) expect(tree.fault()).toBeNull()
      const seen: number[] = []
      tree.forEach((piece) => {
        seen.push(piece)
      })
      expect(seen).toEqual(twin)
      if (twin.length === 0) return
      const slot = below(random, twin.length)
      const at = start(slot)
      const index = at + below(random, tree.size[twin[slot] ?? -1] ?? 1)
      expect([tree.find(index), tree.startAt]).toEqual([twin[slot], at])
      expect(tree.peekNext()).toBe(twin[slot + 1] ?? -1)
      const near = Math.min(tree.length - 1, index + below(random, 20))
      const found = tree.find(near)
      expect(near).toBeGreaterThanOrEqual(start(twin.indexOf(found)))
      expect(near).toBeLessThan(start(twin.indexOf(found) + 1))
      const part = below(random, twin.length + 1)
      const first = new Set(twin.slice(0, part))
      expect(tree.findLast((piece) => first.has(piece))).toBe(part > 0)
      if (part > 0) expect([tree.piece, tree.startAt]).toEqual([twin[part - 1], start(part - 1)])
      tree.goTo(twin[slot] ?? -1)
      expect(tree.startAt).toBe(at)
      expect(tree.next()).toBe(twin[slot + 1] ?? -1)
      expect(tree.first()).toBe(twin[0])
      expect(tree.firstPiece()).toBe(twin[0])
    }
  })
})

test('of a run’s characters, those up to where another one hangs stand before it, and that character if it hangs on its right', () => {
  const runs = new Runs()
  const replica = runs.learn(replicaId(7))
  const host = runs.put(replica, 0, START, 0, RIGHT, 0)
  const left = runs.put(replica, 10, host, 4, LEFT, 0)
  const right = runs.put(replica, 20, host, 4, RIGHT, 0)
  const deeper = runs.put(replica, 30, right, 2, LEFT, 0)
  const beside = runs.put(replica, 40, START, 0, RIGHT, 1)
  expect([left, right, deeper].map((run) => roomBefore(runs, host, 1, run, 5))).toEqual([3, 4, 4])
  expect(roomBefore(runs, host, 1, host, 5)).toBe(4)
  expect(roomBefore(runs, host, 1, beside, 5)).toBe(Number.MAX_SAFE_INTEGER)
})

test('a run of which nothing lives is kept while another one hangs on it, and goes with that', () => {
  const [ann, bob] = [new Person(replicaId(1)), new Person(replicaId(2))]
  ann.types('ab')
  meet(ann, bob)
  bob.goes(1).types('X')
  meet(ann, bob)
  // A newer run of the same writer: only then is all of the older one known, and nothing waits for its next character.
  ann.goes(0).types('n')
  expect(meet(ann, bob)).toBe('naXb')
  ann.erases(3, 4).erases(1, 2)
  check(ann.doc)
  expect(meet(ann, bob)).toBe('nX')
  check(bob.doc)
  bob.erases(1, 2)
  expect(meet(ann, bob)).toBe('n')
  for (const { doc } of [ann, bob]) check(doc)
})
