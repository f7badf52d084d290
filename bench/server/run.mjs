import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { commandOf, sources } from '../origin.mjs'
import { isPinned, pinned } from './pin.mjs'
import { medianOf, writeResults } from './report.mjs'
import { ROWS } from './rows.mjs'

/** `npm run bench:server [-- --only row,… --products ours,… --runs 3 --write --list]`. Whole, or with --write, it writes bench/server-results.md and .json. */

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    products: { type: 'string', default: 'ours,hocuspocus,y-websocket' },
    runs: { type: 'string', default: '3' },
    timeout: { type: 'string', default: '300' },
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})

const runs = Number(options.runs)
const products = options.products.split(',')
const wanted = options.only?.split(',')
const rows = ROWS.filter(({ id }) => wanted === undefined || wanted.some((name) => id.startsWith(name)))
const answers = new Map()
const began = new Date()
const measured = sources()
/** The load that runs now; its servers are in its group. */
let running = null
for (const signal of ['SIGINT', 'SIGTERM'])
  process.on(signal, () => {
    endRunning()
    process.exit(1)
  })

if (options.list) for (const { id, title } of ROWS) console.log(id.padEnd(18), title)
else await main()

async function main() {
  for (const row of rows) {
    const key = JSON.stringify(row.task)
    if (!answers.has(key)) answers.set(key, await measureAll(row))
    const figures = products
      .filter((name) => row.products.includes(name))
      .map((name) => `${name} ${show(row, answers.get(key).get(name))}`)
    console.log(row.id.padEnd(18), figures.join('   '))
  }
  if (options.write || (wanted === undefined && products.length === 3)) {
    writeResults({
      rows,
      products,
      answersOf: (row) => answers.get(JSON.stringify(row.task)),
      began,
      command: commandOf('bench:server'),
      sources: measured,
      runs,
      isPinned,
    })
  }
}

function show(row, runs) {
  const median = medianOf(runs, row.figure)
  return median === null ? `— (${runs.at(-1)?.message ?? runs.at(-1)?.value.none})` : row.format(median)
}

/** All products in turn, then again: a bad minute of the machine disturbs each of them. */
async function measureAll({ task: { once = false, ...task }, products: able }) {
  const byProduct = new Map(products.filter((name) => able.includes(name)).map((name) => [name, []]))
  for (let run = 0; run < (once ? 1 : runs); run++) {
    for (const [product, soFar] of byProduct) {
      if (soFar.at(-1)?.value?.none) continue
      soFar.push(await measure({ product, ...task }))
    }
  }
  return byProduct
}

/** In a process of its own, on the core that no measured server has. */
function measure(task) {
  return new Promise((resolve) => {
    const load = pinned(1, process.execPath, [])
    const child = fork(fileURLToPath(new URL('load.mjs', import.meta.url)), {
      execPath: load.command,
      execArgv: [...load.args],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      detached: true,
    })
    running = child
    let errors = ''
    let answer = null
    child.stderr.on('data', (chunk) => (errors += chunk))
    const timer = setTimeout(() => {
      answer = { ok: false, message: `over ${options.timeout} s` }
      endRunning()
    }, Number(options.timeout) * 1000)
    child.on('message', (message) => (answer ??= message))
    child.on('close', () => {
      clearTimeout(timer)
      running = null
      resolve(answer ?? { ok: false, message: `died: ${errors.slice(-300)}` })
    })
    child.send(task)
  })
}

function endRunning() {
  if (running !== null) process.kill(-running.pid, 'SIGKILL')
}
