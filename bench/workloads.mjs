import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'

/**
 * A workload is a text to begin with and the edits made to it: `{ start, edits, end }`, an edit being [position, deleted, inserted].
 * Generated ones come from a seeded generator and are the same in every process. All text is ASCII, so that libraries which
 * count in code points and those which count in UTF-16 units do the same.
 */

const TRACES = process.env.TRACES ?? fileURLToPath(new URL('../../shared/traces', import.meta.url))
const TRACE_NAMES = ['automerge-paper', 'rustcode', 'seph-blog1']

const GENERATED = {
  prepends: () => insertsAt(6_000, () => 0),
  'random-inserts': () => randomInserts(100_000),
  'random-in-large': () => randomEdits(letters(random(3), 1_000_000), 100_000, 1_000_000, 4),
  churn: () => randomEdits(letters(random(5), 10_000), 1_000_000, 10_000, 6),
}

/** Why a workload cannot be had, or null. */
export function missing(name) {
  if (!TRACE_NAMES.includes(name) || existsSync(traceFile(name))) return null
  return `no ${name}.json.gz in the traces folder (set TRACES)`
}

export function workload(name) {
  return TRACE_NAMES.includes(name) ? trace(name) : GENERATED[name]()
}

const traceFile = (name) => `${TRACES}/${name}.json.gz`

function trace(name) {
  const { startContent, endContent, txns } = JSON.parse(gunzipSync(readFileSync(traceFile(name))).toString())
  return { start: startContent, edits: txns.flatMap((txn) => txn.patches), end: endContent }
}

/** mulberry32: numbers in [0, 1), the same for the same seed. */
export function random(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

const ALPHABET = 'etaoinshrdlu etaoinshrdlu etaoin cmfwypvbgkjqxz,.\n'
const letter = (chance) => ALPHABET[Math.floor(chance() * ALPHABET.length)]

export function letters(chance, count) {
  let text = ''
  for (let i = 0; i < count; i++) text += letter(chance)
  return text
}

function insertsAt(count, place) {
  const chance = random(1)
  return { start: '', edits: Array.from({ length: count }, (_, i) => [place(i), 0, letter(chance)]), end: null }
}

function randomInserts(count) {
  const chance = random(2)
  return insertsAt(count, (length) => Math.floor(chance() * (length + 1)))
}

/** One character inserted or deleted at a time, anywhere; the length wanders around `target`. */
function randomEdits(start, count, target, seed) {
  const chance = random(seed)
  let length = start.length
  const edits = Array.from({ length: count }, () => {
    const deletes = chance() < 0.5 + (length - target) / 1000
    length += deletes ? -1 : 1
    const at = Math.floor(chance() * (deletes ? length + 1 : length))
    return deletes ? [at, 1, ''] : [at, 0, letter(chance)]
  })
  return { start, edits, end: null }
}

/** Typing as people do it: go somewhere, type a few dozen characters, one in ten of them taken back at once. */
export function typing(length, count, seed) {
  const chance = random(seed)
  const edits = []
  while (edits.length < count) {
    let at = Math.floor(chance() * (length + 1))
    const burst = Math.min(count - edits.length, 10 + Math.floor(chance() * 40))
    for (let i = 0, typed = 0; i < burst; i++) {
      const back = typed > 0 && chance() < 0.1
      if (back) at--
      edits.push(back ? [at, 1, ''] : [at, 0, letter(chance)])
      if (!back) at++
      typed += back ? -1 : 1
      length += back ? -1 : 1
    }
  }
  return edits
}

/** The text after the edits: for workloads whose end is not recorded. Pieces of bounded size, so that it is quick enough. */
export function endOf({ start, edits, end }) {
  if (end !== null) return end
  const CHUNK = 4096
  const chunks = []
  for (let i = 0; i < start.length; i += CHUNK) chunks.push(start.slice(i, i + CHUNK))
  if (chunks.length === 0) chunks.push('')
  for (const [position, deleted, inserted] of edits) {
    let i = 0
    let at = position
    while (i < chunks.length - 1 && at > chunks[i].length) at -= chunks[i++].length
    let rest = deleted
    for (let k = i, from = at; rest > 0; k++, from = 0) {
      const size = Math.min(rest, chunks[k].length - from)
      chunks[k] = chunks[k].slice(0, from) + chunks[k].slice(from + size)
      rest -= size
    }
    chunks[i] = chunks[i].slice(0, at) + inserted + chunks[i].slice(at)
    if (chunks[i].length > 2 * CHUNK) chunks.splice(i, 1, chunks[i].slice(0, CHUNK), chunks[i].slice(CHUNK))
  }
  return chunks.join('')
}
