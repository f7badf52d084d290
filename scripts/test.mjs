/** `npm test`: everything that proves this clone works, and a last line that says how much of it does.
 * `node scripts/test.mjs <suite> …` runs one suite and hands the other arguments to its runner. */
import './node-version.mjs'
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { browser } from './browser.mjs'
import { check } from './check.mjs'
import { smoke } from './smoke.mjs'
import { build, cache, compile, Failure, install, readJson, root, run, tool } from './workspace.mjs'

/** @typedef {import('./workspace.mjs').Counts} Counts */
/** @typedef {(args: readonly string[]) => Promise<Counts>} Suite */

/** @type {Record<string, Suite>} */
const suites = { check, unit, e2e, smoke }
/** Run by name only. @type {Record<string, Suite>} */
const onDemand = { deep }

/** The random tests for as long as RUNS and MUTATIONS say, and the real servers for their full minute; with arguments only the random tests.
 * @param {readonly string[]} args */
async function deep(args) {
  const env = { MANYHANDS_DEEP: '1' }
  const random = await unit(args, env)
  return args.length > 0 ? random : sum(random, await e2e(['cluster'], env))
}

/** @param {Counts} one @param {Counts} other @returns {Counts} */
function sum(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
  }
}

/** The unit, property and integration tests.
 * @param {readonly string[]} args @param {Record<string, string>} [env] */
function unit(args, env = {}) {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportOf('unit')}`]
  return reported('unit', tool('vitest', 'vitest', 'run', ...reporters, ...args), { env }, ofVitest)
}

/** @param {readonly string[]} args @param {Record<string, string>} [env] */
async function e2e(args, env = {}) {
  await build()
  await compile('packages/client', 'packages/testkit')
  const runner = tool('@playwright/test', 'playwright', 'test', '--reporter=list,json', ...args)
  const own = { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: reportOf('e2e') }
  return reported('e2e', runner, { cwd: join(root, 'e2e'), env: own }, ofPlaywright)
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

/** The runner names those that passed only at their second attempt: docs/TESTING.md. @param {any} report @returns {Counts} */
function ofPlaywright({ stats, errors }) {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length, skipped: stats.skipped }
}

/** Where a suite cannot even begin, it says why and counts as one failure.
 * @param {() => Promise<Counts>} work @returns {Promise<Counts>} */
async function attempt(work) {
  try {
    return await work()
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

/** @param {Record<string, Suite>} chosen @param {readonly string[]} args */
async function runAll(chosen, args) {
  await install()
  if (chosen.e2e) await browser()
  /** @type {Counts} */
  let total = { passed: 0, failed: 0, skipped: 0 }
  const lines = []
  for (const [name, suite] of Object.entries(chosen)) {
    console.log(`\n── ${name}`)
    const counts = await attempt(() => suite(args))
    total = sum(total, counts)
    lines.push(`${name.padEnd(8)}${sentence(counts)}`)
  }
  console.log(`\n${lines.join('\n')}`)
  return total
}

/** @param {string | undefined} name @returns {Record<string, Suite>} */
function choose(name) {
  if (name === undefined) return suites
  const suite = suites[name] ?? onDemand[name]
  if (!suite)
    throw new Failure(`There is no suite ${name}, only ${Object.keys({ ...suites, ...onDemand }).join(', ')}.`)
  return { [name]: suite }
}

/** @param {Counts} counts */
function sentence({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

const [name, ...args] = process.argv.slice(2)
const total = await attempt(() => runAll(choose(name), args))
console.log(sentence(total))
process.exit(total.failed === 0 ? 0 : 1)
