import { fork } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { commandOf, sources } from './origin.mjs'
import { writeReadme } from './readme.mjs'
import { figure, writeResults } from './report.mjs'
import { ROWS } from './rows.mjs'
import { missing } from './workloads.mjs'

/** The bench: `npm run bench [-- --only row,… --libs name,… --runs 5 --timeout seconds --out folder]`. Whole, it writes results.md
 * and the figures of the package's README. */

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    libs: { type: 'string' },
    runs: { type: 'string', default: process.env.RUNS ?? '5' },
    timeout: { type: 'string', default: '240' },
    cpu: { type: 'boolean', default: false },
    out: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
})

const LIBRARIES = ['ours', 'yjs', 'diamond-types', 'loro', 'json-joy', 'list-positions', 'automerge']
/** Nearest to us in their keys, but no text documents with updates and states in bytes: only the size of their bundles is measured. */
const SIZE_ONLY = ['lseqtree', 'dotted-logootsplit']
/** What takes longer than this is measured once. */
const SLOW_MS = 8_000
/** Seconds, for a library to show that it does what is measured. */
const VERIFY_WITHIN = 240

const runs = Number(options.runs)
const libraries = pick([...LIBRARIES, ...SIZE_ONLY], options.libs, (name) => name)
const rows = pick(ROWS, options.only, (row) => row.id)
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const began = new Date()
const measured = sources()
const results = new Map()
const prepared = new Map()

if (options.list) for (const { id, title } of ROWS) console.log(id.padEnd(18), title)
else await main()
rmSync(folder, { recursive: true })

async function main() {
  if (!options.only) await verify()
  for (const row of rows) {
    const key = taskKey(row.task)
    if (!results.has(key)) results.set(key, await measureAll(row.task))
    console.log(
      `${row.id.padEnd(16)} ${libraries
        .filter((name) => row.id === 'bundle' || !SIZE_ONLY.includes(name))
        .map((name) => show(row, name))
        .join('   ')}`,
    )
  }
  if (options.out || (!options.only && !options.libs)) await write()
}

/** No library is measured whose text or whose index changes are wrong. */
async function verify() {
  for (const library of libraries.filter((name) => !SIZE_ONLY.includes(name))) {
    for (const workload of ['rustcode', 'automerge-paper'].filter((name) => missing(name) === null)) {
      const answer = await inProcess({ library, measure: 'verify', workload, edits: 2000 }, VERIFY_WITHIN)
      if (!answer.ok) throw new Error(`${library}, ${workload}: ${answer.message}`)
    }
  }
}

async function write() {
  const folder = resolve(options.out ?? import.meta.dirname)
  const about = libraries.map(async (id) => {
    const { name, packages } = await import(`./libraries/${id}.mjs`)
    return { id, title: name, packages, sizeOnly: SIZE_ONLY.includes(id) }
  })
  const command = commandOf('bench')
  writeResults(folder, {
    rows,
    libraries: await Promise.all(about),
    runs,
    answersOf,
    began,
    command,
    sources: measured,
  })
  if (folder === import.meta.dirname) writeReadme()
}

function answersOf(row) {
  return results.get(taskKey(row.task))
}

function pick(all, names, nameOf) {
  if (names === undefined) return all
  const wanted = names.split(',')
  const picked = all.filter((one) => wanted.some((name) => nameOf(one).startsWith(name)))
  if (picked.length === 0) throw new Error(`None of ${names}: there are ${all.map(nameOf).join(', ')}`)
  return picked
}

function show(row, name) {
  return `${name} ${figure(answersOf(row).get(name), inCpu(row.metric))}`
}

/** Processor time instead of the clock's, on a machine that is busy with other things. */
function inCpu(metric) {
  if (!options.cpu) return metric
  return metric === 'ms' ? 'cpu' : metric === 's' ? 'cpuSeconds' : metric
}

/** The answers of all libraries, run in turn, so that a noisy minute disturbs all of them. */
async function measureAll(task) {
  const answers = new Map(libraries.map((name) => [name, []]))
  for (let run = 0; run < runs; run++) {
    for (const name of libraries) {
      const soFar = answers.get(name)
      const last = soFar.at(-1)
      if (last !== undefined && (!last.ok || last.took > SLOW_MS || !isTimed(task))) continue
      soFar.push(await measure(name, task))
    }
  }
  return answers
}

function isTimed({ measure }) {
  return !['saved', 'reconnect', 'bundle', 'churn'].includes(measure)
}

async function measure(library, task) {
  if (SIZE_ONLY.includes(library) && task.measure !== 'bundle')
    return { ok: false, message: 'only its size is measured' }
  const lacks = missing(task.workload)
  if (lacks !== null) return { ok: false, message: lacks }
  const { prepare, ...rest } = task
  if (!prepare) return inProcess({ library, ...rest })
  const key = `${library} ${taskKey(prepare)}`
  if (!prepared.has(key)) {
    const file = join(folder, String(prepared.size))
    prepared.set(key, { file, answer: await inProcess({ library, ...prepare, file }) })
  }
  const { file, answer } = prepared.get(key)
  return answer.ok ? inProcess({ library, ...rest, file }) : answer
}

function inProcess(task, seconds = Number(options.timeout)) {
  return new Promise((resolve) => {
    const from = performance.now()
    const child = fork(fileURLToPath(new URL('task.mjs', import.meta.url)), {
      execArgv: ['--expose-gc', '--max-old-space-size=8192'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    let errors = ''
    let answer = null
    child.stderr.on('data', (data) => (errors += data))
    const timer = setTimeout(() => {
      answer = { ok: false, message: `over ${seconds} s` }
      child.kill('SIGKILL')
    }, seconds * 1000)
    child.on('message', (message) => (answer ??= message))
    child.on('close', () => {
      clearTimeout(timer)
      resolve({ ...(answer ?? { ok: false, message: `died: ${errors.slice(-200)}` }), took: performance.now() - from })
    })
    child.send(task)
  })
}

function taskKey(task) {
  return JSON.stringify(task)
}
