/** `npm test`: everything that proves this clone works, and a last line that says how much of it does.
 * `node scripts/test.mjs <suite> …` runs one suite and hands the other arguments to its runner. */
import './node-version.mjs'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { browser } from './browser.mjs'
import { check } from './check.mjs'
import { smoke } from './smoke.mjs'
import { build, cache, compile, install, readJson, root, run, tool } from './workspace.mjs'

/** @typedef {import('./workspace.mjs').Counts} Counts */
/** @typedef {(args: readonly string[]) => Promise<Counts>} Suite */

/** @type {Record<string, Suite>} */
const suites = { check, unit, e2e, smoke }
/** Run by name only. @type {Record<string, Suite>} */
const onDemand = { deep: (args) => unit(args, { MANYHANDS_DEEP: '1' }) }

/** The unit, property and integration tests.
 * @param {readonly string[]} args @param {Record<string, string>} [env] */
function unit(args, env = {}) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf('unit')}`]
  return reported('unit', tool('vitest', 'vitest', 'run', ...reporters, ...args), { env }, ofVitest)
}

/** @param {readonly string[]} args */
async function e2e(args) {
  const env = { MANYHANDS_BROWSER: await browser(), PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf('e2e') }
  await build()
  await compile('packages/testkit')
  const runner = tool('@playwright/test', 'playwright', 'test', '--reporter=list,json', ...args)
  return reported('e2e', runner, { cwd: join(root, 'e2e'), env }, ofPlaywright)
}

/** Runs a test runner in the open, and counts by the report it leaves. A run that ends badly without a failed test (no
 * report, an error outside of every test) counts as one failure, and so does a run of no tests.
 * @param {string} name @param {import('./workspace.mjs').Tool} runner @param {import('./workspace.mjs').RunOptions} options
 * @param {(report: any) => Counts} countsOf @returns {Promise<Counts>} */
async function reported(name, runner, options, countsOf) {
  const report = reportOf(name)
  mkdirSync(cache, { recursive: true })
  rmSync(report, { force: true })
  const { ok } = await run(runner, { ...options, loud: true })
  const counts = existsSync(report) ? countsOf(readJson(report)) : { passed: 0, failed: 0, skipped: 0 }
  const ranNothing = counts.passed + counts.failed === 0
  if (ranNothing) console.log(`${name}: no test ran, which is a failure`)
  return counts.failed === 0 && (!ok || ranNothing) ? { ...counts, failed: 1 } : counts
}

/** @param {string} suite */
function reportOf(suite) {
  return join(cache, `${suite}.json`)
}

/** A file that failed with no failed test in it did not load: one failure. @param {any} report @returns {Counts} */
function ofVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  /** @param {{ status: string, assertionResults: { status: string }[] }} file */
  const didNotLoad = (file) => file.status === 'failed' && file.assertionResults.every((t) => t.status !== 'failed')
  return {
    passed: numPassedTests,
    failed: numFailedTests + testResults.filter(didNotLoad).length,
    skipped: numPendingTests + numTodoTests,
  }
}

/** A test that passed only when repeated is a failure. @param {any} report @returns {Counts} */
function ofPlaywright({ stats, errors }) {
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped }
}

/** @param {Counts} counts */
function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

const [named, ...args] = process.argv.slice(2)
const chosen = named === undefined ? suites : { [named]: { ...suites, ...onDemand }[named] }
await install()
if ('e2e' in chosen) await browser()

const total = { passed: 0, failed: 0, skipped: 0 }
const lines = []
for (const [name, suite] of Object.entries(chosen)) {
  if (!suite) throw new Error(`There is no suite ${name}, only ${Object.keys({ ...suites, ...onDemand }).join(', ')}.`)
  console.log(`\n── ${name}`)
  const counts = await suite(args)
  total.passed += counts.passed
  total.failed += counts.failed
  total.skipped += counts.skipped
  lines.push(`${name.padEnd(8)}${sentence(counts)}`)
}
console.log(`\n${lines.join('\n')}\n${sentence(total)}`)
process.exitCode = total.failed === 0 ? 0 : 1
