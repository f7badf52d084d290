import { LIBRARIES } from './keys.mjs'
import { random } from './workloads.mjs'

/** Grows one document of one library in a process of its own, and tells its parent of the keys as it goes. */

// lseqtree draws its digits by Math.random, and is to draw the same each time.
Math.random = random(11)

const chance = random(12)
const LINE = 'twenty characters ..'

/** Who inserts what where, given the length so far: [replica, index, text]. */
const NEXT = {
  append: (length) => [0, length, 'x'],
  prepend: () => [0, 0, 'x'],
  middle: (length) => [0, length >> 1, 'x'],
  'fixed point': (length) => [0, Math.min(100, length), 'x'],
  'newest on top': onTop,
  'chat in turn': (length) => [length % 2, length, 'x'],
  random: (length) => [0, Math.floor(chance() * (length + 1)), 'x'],
  'nested brackets': (length) => [0, length >> 1, '()'],
}

/** Two people in turn put a line above all others, character by character. */
function onTop(length) {
  const column = length % LINE.length
  return [Math.floor(length / LINE.length) % 2, column, LINE[column]]
}

const SAMPLES = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000]

process.once('message', ({ library, workload, most }) => {
  const { make } = LIBRARIES.find(({ id }) => id === library)
  const replicas = [make(1), make(2)]
  let expected = ''
  while (expected.length < most) {
    const [who, index, text] = NEXT[workload](expected.length)
    replicas[1 - who].hear(replicas[who].insert(index, text))
    expected = expected.slice(0, index) + text + expected.slice(index)
    if (SAMPLES.includes(expected.length)) process.send({ length: expected.length, ...summary(replicas[0].keys()) })
  }
  process.send({ whole: replicas.every((replica) => replica.text() === expected) }, () => process.disconnect())
})

function summary(keys) {
  return { depth: statistics(keys.map(([depth]) => depth)), bytes: statistics(keys.map(([, bytes]) => bytes)) }
}

function statistics(values) {
  const sorted = values.sort((a, b) => a - b)
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]
  return {
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    median: at(0.5),
    high: at(0.99),
    most: at(1),
  }
}
