import { readFileSync, writeFileSync } from 'node:fs'
import { brotliCompressSync, constants, deflateRawSync, gzipSync, inflateRawSync } from 'node:zlib'
import { bundleSize } from './bundle.mjs'
import { readParts, writeParts } from './parts.mjs'
import { endOf, letters, random, typing, workload } from './workloads.mjs'

/**
 * What is measured. Each function runs in a process of its own and answers numbers: milliseconds, bytes, counts. `prepare…`
 * functions write what a measurement reads, in another process, so that making it warms nothing up.
 *
 * Clocks stand still while a workload is read, and while the outcome is compared with the text that must come out.
 */

/** Call the answer for the milliseconds since: on the wall, and of processor time (all threads of the process, compiler and collector too). */
function stopwatch() {
  const cpu = process.cpuUsage()
  const from = performance.now()
  return () => {
    const ms = performance.now() - from
    const { user, system } = process.cpuUsage(cpu)
    return { ms, cpu: (user + system) / 1000 }
  }
}

function must(condition, message) {
  if (!condition) throw new Error(message)
}

function start(library, replica, text, options) {
  const doc = library.create(replica, options)
  if (text !== '') doc.editForUpdate(0, 0, text)
  return doc
}

/** Takes in many edits as one update: some libraries have another format for that. */
function applyMerged(doc, update) {
  return doc.applyMerged ? doc.applyMerged(update) : doc.apply(update)
}

function collectGarbage() {
  globalThis.gc()
  globalThis.gc()
}

/** Edits made by hand, nobody listening. */
export function local(library, { workload: name }) {
  const work = workload(name)
  const end = endOf(work)
  const doc = start(library, 1, work.start)
  collectGarbage()
  const elapsed = stopwatch()
  for (const [position, deleted, inserted] of work.edits) doc.edit(position, deleted, inserted)
  const time = elapsed()
  must(doc.text() === end, 'wrong text')
  return time
}

/** The same, with an update in bytes made and kept for each. */
export function localUpdates(library, { workload: name }) {
  const work = workload(name)
  const doc = start(library, 1, work.start, { updates: true })
  const updates = []
  collectGarbage()
  const elapsed = stopwatch()
  for (const [position, deleted, inserted] of work.edits) updates.push(doc.editForUpdate(position, deleted, inserted))
  const time = elapsed()
  must(doc.text() === endOf(work), 'wrong text')
  const bytes = updates.reduce((sum, update) => sum + update.length, 0)
  return { ...time, bytesPerUpdate: bytes / updates.length }
}

/** Writes the updates of a workload (first one: the text it starts with), all in one update, and the saved state. */
export function prepareUpdates(library, { workload: name, file }) {
  const work = workload(name)
  const doc = library.create(1, { updates: true })
  const updates = work.start === '' ? [] : [doc.editForUpdate(0, 0, work.start)]
  for (const [position, deleted, inserted] of work.edits) updates.push(doc.editForUpdate(position, deleted, inserted))
  must(doc.text() === endOf(work), 'wrong text')
  writeParts(`${file}.updates`, updates)
  writeParts(`${file}.merged`, [doc.everything()])
}

export function prepareState(library, { workload: name, times = 1, file }) {
  const work = workload(name)
  const doc = start(library, 1, work.start)
  for (let i = 0; i < times; i++) {
    for (const [position, deleted, inserted] of work.edits) doc.edit(position, deleted, inserted)
  }
  const state = doc.save()
  writeFileSync(`${file}.state`, library.compressed ? state : deflateRawSync(state, { level: 9 }))
}

/** Each keystroke of another replica, from bytes, each answering what it changes, or nobody asking. */
export function remote(library, { workload: name, answers = true, file }) {
  const work = workload(name)
  const updates = readParts(`${file}.updates`)
  const doc = library.create(2, { changes: answers })
  let i = 0
  if (work.start !== '') doc.apply(updates[i++])
  let answered = 0
  collectGarbage()
  const elapsed = stopwatch()
  for (; i < updates.length; i++) if (doc.apply(updates[i])) answered++
  const time = elapsed()
  must(doc.text() === endOf(work), 'wrong text')
  return { ...time, answered }
}

/** The whole history as one update into an empty replica, answering what it changes. */
export function merged(library, { workload: name, file }) {
  const work = workload(name)
  const [update] = readParts(`${file}.merged`)
  const doc = library.create(2, { changes: true })
  collectGarbage()
  const elapsed = stopwatch()
  applyMerged(doc, update)
  const time = elapsed()
  must(doc.text() === endOf(work), 'wrong text')
  return { ...time, bytes: update.length }
}

/** Sizes of the saved state. `stored` is deflated, except where a format that compresses itself only grows by it. */
export function saved(library, { workload: name }) {
  const work = workload(name)
  const doc = start(library, 1, work.start)
  for (const [position, deleted, inserted] of work.edits) doc.edit(position, deleted, inserted)
  const state = doc.save()
  must(library.load(state, 2).text() === endOf(work), 'wrong text')
  const deflated = deflateRawSync(state, { level: 9 }).length
  return {
    raw: state.length,
    stored: Math.min(state.length, deflated),
    deflate: deflated,
    gzip: gzipSync(state, { level: 9 }).length,
    brotli: brotliCompressSync(state, { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }).length,
  }
}

function loadOnce(library, stored) {
  const total = stopwatch()
  let phase = stopwatch()
  const state = library.compressed ? stored : inflateRawSync(stored)
  const inflate = phase().ms
  phase = stopwatch()
  const doc = library.load(state, 3)
  const load = phase().ms
  phase = stopwatch()
  const text = doc.text()
  const read = phase().ms
  phase = stopwatch()
  doc.edit(text.length >> 1, 0, 'x')
  const edit = phase().ms
  const time = total()
  must(text.length > 0, 'no text')
  return { ...time, inflate, load, text: read, edit }
}

/** Load the state as stored (inflating it where it was deflated), text out, first edit: the first thing a process does. */
export function loadCold(library, { file }) {
  const stored = readFileSync(`${file}.state`)
  collectGarbage()
  return loadOnce(library, stored)
}

/**
 * The same for the 11th to the 31st time; the median. Garbage is left to the collector: a forced full collection between two
 * loads would throw away the code compiled for objects of which none is left, and the next load would be a cold one.
 */
export function loadWarm(library, { file }) {
  const stored = readFileSync(`${file}.state`)
  for (let i = 0; i < 10; i++) loadOnce(library, stored)
  const times = []
  for (let i = 0; i < 21; i++) times.push(loadOnce(library, stored))
  return times.sort((a, b) => a.ms - b.ms)[10]
}

/** What a loaded document holds after one edit. */
export function memory(library, { file }, wasm) {
  const { made, ...held } = heldBy(() => {
    const stored = readFileSync(`${file}.state`)
    const doc = library.load(library.compressed ? stored : inflateRawSync(stored), 3)
    doc.edit(1000, 0, 'x')
    return doc
  }, wasm)
  must(made.text().length > 0, 'no text')
  return held
}

/** Heap and external memory; ArrayBuffers and WASM memory are part of `external`, the latter is answered besides. */
function heldBy(make, wasm) {
  collectGarbage()
  const before = process.memoryUsage()
  const wasmBefore = wasm.bytes()
  const made = make()
  collectGarbage()
  const after = process.memoryUsage()
  const heap = after.heapUsed - before.heapUsed
  const external = after.external - before.external
  return { made, heap, external, wasm: wasm.bytes() - wasmBefore, mb: (heap + external) / 1e6 }
}

export function prepareReplicas(library, { replicas, file }) {
  const chance = random(7)
  const updates = []
  for (let replica = 1; replica <= replicas; replica++) {
    updates.push(library.create(replica, { updates: true }).editForUpdate(0, 0, letters(chance, 100)))
  }
  writeParts(`${file}.updates`, updates)
}

/** One replica hears of them all, one after another, each answering what it changes. */
export function replicas(library, { replicas: count, file }) {
  const updates = readParts(`${file}.updates`)
  const doc = library.create(count + 1, { changes: true })
  collectGarbage()
  const elapsed = stopwatch()
  for (const update of updates) doc.apply(update)
  const time = elapsed()
  const text = doc.text()
  const chance = random(7)
  must(text.length === count * 100, 'wrong length')
  for (let i = 0; i < count; i++) must(text.includes(letters(chance, 100)), 'insertions are torn')
  return time
}

const SHARED_LENGTH = 100_000
const APART = 100_000

/** Two replicas have the same 100,000 characters; each types 100,000 edits that the other does not hear of. */
export function prepareForked(library, { file }) {
  const base = library.create(1, { updates: true }).editForUpdate(0, 0, letters(random(8), SHARED_LENGTH))
  const sides = [2, 3].map((replica) => {
    const doc = library.create(replica, { updates: true })
    doc.apply(base)
    const mark = doc.mark()
    for (const edit of typing(SHARED_LENGTH, APART, replica)) doc.editForUpdate(...edit)
    return doc.since(mark)
  })
  writeParts(`${file}.forked`, [base, ...sides])
}

/** One of the two then hears of all the other's edits, as one update, answering what it changes. */
export function forked(library, { file }) {
  const [base, mine, theirs] = readParts(`${file}.forked`)
  const make = (options) => {
    const doc = library.create(4, options)
    doc.apply(base)
    return doc
  }
  const doc = make({ changes: true })
  applyMerged(doc, mine)
  collectGarbage()
  const elapsed = stopwatch()
  applyMerged(doc, theirs)
  const time = elapsed()
  const other = make({})
  applyMerged(other, theirs)
  applyMerged(other, mine)
  must(doc.text() === other.text(), 'the two differ')
  return { ...time, bytes: theirs.length }
}

/** The trace again and again, each time in front of what is there. */
export function manyTimes(library, { workload: name, times }, wasm) {
  const work = workload(name)
  let time = null
  const held = heldBy(() => {
    const doc = start(library, 1, work.start)
    const elapsed = stopwatch()
    for (let i = 0; i < times; i++) {
      for (const [position, deleted, inserted] of work.edits) doc.edit(position, deleted, inserted)
    }
    time = elapsed()
    return doc
  }, wasm)
  const peak = process.resourceUsage().maxRSS / 1e3
  must(held.made.text() === work.end.repeat(times), 'wrong text')
  return { ...time, mb: held.mb, external: held.external, wasm: held.wasm, peak }
}

const MISSED = 100

/** Bytes both ways when a replica comes back that missed the last hundred edits of another: versions and what each lacks. */
export function reconnect(library, { workload: name }) {
  const work = workload(name)
  const here = library.create(1, { updates: true })
  const there = library.create(2, { updates: true })
  must(library.sync || here.version, 'no way from a version to what it lacks')
  const since = work.edits.length - MISSED
  work.edits.forEach((edit, i) => {
    if (i < since) here.edit(...edit)
  })
  applyMerged(there, here.everything())
  const before = library.sync?.(here, there)
  const missed = work.edits.slice(since).map((edit) => here.editForUpdate(...edit))
  const bytes = (parts) => parts.reduce((sum, part) => sum + part.length, 0)
  const versions = library.sync ? [] : [there.version(), here.version()]
  const updates = library.sync ? library.sync(here, there, before).messages : exchange(here, there, versions)
  must(there.text() === work.end, 'wrong text')
  return {
    bytes: bytes(versions) + bytes(updates),
    versions: bytes(versions),
    updates: bytes(updates),
    missed: bytes(missed),
  }
}

function exchange(here, there, versions) {
  const updates = [here.updateSince(versions[0]), there.updateSince(versions[1])]
  applyMerged(there, updates[0])
  return updates
}

/** The state of a document that a million edits have gone through, beside that of a fresh one with the same text. */
export function churn(library, { workload: name }) {
  const work = workload(name)
  const doc = start(library, 1, work.start)
  const elapsed = stopwatch()
  for (const [position, deleted, inserted] of work.edits) doc.edit(position, deleted, inserted)
  const time = elapsed()
  must(doc.text() === endOf(work), 'wrong text')
  const fresh = start(library, 1, doc.text()).save().length
  return { raw: doc.save().length, fresh, pieces: doc.livingPieces?.() ?? null, ...time }
}

/** What a web page would load, as far as it is the library's. */
export function bundle(library) {
  return bundleSize(library.bundle)
}

/** That a library does what it is measured for: the changes it answers, done to a string, give its text. */
export function verify(library, { workload: name, edits: count }) {
  const work = workload(name)
  const doc = library.create(1, { updates: true })
  const twin = library.create(2, { changes: true })
  let shadow = ''
  const hear = (update) => {
    for (const [position, deleted, inserted] of library.changes(twin.apply(update))) {
      shadow = shadow.slice(0, position) + inserted + shadow.slice(position + deleted)
    }
  }
  if (work.start !== '') hear(doc.editForUpdate(0, 0, work.start))
  for (const edit of work.edits.slice(0, count)) hear(doc.editForUpdate(...edit))
  must(twin.text() === doc.text(), 'the replicas differ')
  const answers = library.changes !== undefined
  must(!answers || shadow === doc.text(), 'the index changes are wrong')
  return { answers }
}
