import { parseArgs } from 'node:util'
import { commandOf, sources } from '../origin.mjs'
import { medianOf } from '../server/report.mjs'
import * as measurements from './measurements.mjs'
import { products as known } from './products.mjs'
import { writeResults } from './report.mjs'
import { rowsOf } from './rows.mjs'
import { startBrowser } from './tab.mjs'

/** `npm run bench:web [-- --quick --only row,… --products ours,… --runs 5 --list]`. Whole, it writes bench/web-results.md and .json. */

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    products: { type: 'string', default: Object.keys(known).join() },
    runs: { type: 'string' },
    timeout: { type: 'string', default: '300' },
    list: { type: 'boolean', default: false },
  },
})

const tasks = new Map(Object.entries(measurements))
const { quick } = options
const runs = Number(options.runs ?? (quick ? 1 : 3))
const products = options.products.split(',')
const wanted = options.only?.split(',')
const rows = rowsOf(quick).filter(({ id }) => wanted === undefined || wanted.some((name) => id.startsWith(name)))
const answers = new Map()
const answersOf = (row) => answers.get(JSON.stringify(row.task))
const began = new Date()
const measured = sources()

if (options.list) for (const { id, title } of rows) console.log(id.padEnd(18), title)
else await main()

async function main() {
  for (const row of rows) {
    if (!answersOf(row)) answers.set(JSON.stringify(row.task), await measureAll(row))
    console.log(row.id.padEnd(18), products.map((name) => `${name} ${show(row, answersOf(row).get(name))}`).join('   '))
  }
  if (wanted !== undefined || products.length < Object.keys(known).length) return
  const command = commandOf('bench:web')
  const browser = await nameOfBrowser()
  writeResults({ rows, answersOf, products, began, command, sources: measured, runs, quick, browser })
}

function show(row, runs) {
  const median = medianOf(runs, row.figure)
  return median === null ? `— (${runs.at(-1)?.message})` : row.format(median)
}

/** Both pages in turn, then again: a bad minute of the machine disturbs each of them. */
async function measureAll({ task, once }) {
  const byProduct = new Map(products.map((name) => [name, []]))
  for (let run = 0; run < (once ? 1 : runs); run++)
    for (const [name, soFar] of byProduct) soFar.push(await measure(known[name], task))
  return byProduct
}

async function measure(product, { measure: name, ...about }) {
  let timer
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`over ${options.timeout} s`)), Number(options.timeout) * 1000)
  })
  try {
    return { ok: true, value: await Promise.race([tasks.get(name)(product, about), late]) }
  } catch (error) {
    return { ok: false, message: String(error?.stack ?? error) }
  } finally {
    clearTimeout(timer)
  }
}

async function nameOfBrowser() {
  const browser = await startBrowser()
  const version = browser.version()
  await browser.close()
  return `Chromium ${version}`
}
