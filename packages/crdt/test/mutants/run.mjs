/**
 * `npm run mutants`: puts each mistake of mutants.mjs into a copy of the sources, runs the fast tests over it until one fails, and
 * prints which. With words, only those mutants whose name or file has one of them. Ends with 1 if a mutant survives.
 */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, env, execPath, exit, kill } from 'node:process'
import { fileURLToPath } from 'node:url'
import { mutants } from './mutants.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../../../..', import.meta.url))
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const words = argv.slice(2)

// The quick first: most mutants fall there. How long each part may take at most, in seconds, for mistakes that never end.
const stages = [
  { tests: ['edit', 'structures', 'interleaving', 'golden', 'doc'], seconds: 90 },
  { tests: ['like-plain-doc', 'undo', 'parts', 'hostile-bytes', 'long-life'], seconds: 300 },
]

const folder = mkdtempSync(join(tmpdir(), 'mutants-'))
const sources = join(folder, 'src')
cpSync(env.MUTANT_SOURCES ?? join(here, '../../src'), sources, { recursive: true })

const chosen = mutants.filter(
  ({ name, file }) => words.length === 0 || words.some((word) => name.includes(word) || file.includes(word)),
)
const lost = chosen.filter((mutant) => countOf(mutant) !== 1)
for (const mutant of lost) {
  console.error(`${mutant.file}: "${mutant.search}" stands there ${countOf(mutant)} times, not once (${mutant.name})`)
}
if (lost.length > 0) exit(1)

const fault = await killerOf({ name: '' })
if (fault !== null) {
  console.error(`The tests fail without any mutant: ${fault}`)
  exit(1)
}
let survivors = 0
console.log('| file | mutant | killed by |\n|---|---|---|')
for (const mutant of chosen) {
  const killer = await killerOf(mutant)
  if (killer === null) survivors++
  console.log(`| ${mutant.file} | ${mutant.name} | ${killer ?? '**nobody**'} |`)
}
rmSync(folder, { recursive: true })
console.log(`\n${chosen.length} mutants, ${survivors} survived`)
exit(survivors === 0 ? 0 : 1)

/** @param {import('./mutants.mjs').Mutant} mutant */
function countOf({ file, search }) {
  return readFileSync(join(sources, file), 'utf8').split(search).length - 1
}

/** @param {{ readonly name: string }} mutant @returns {Promise<string | null>} */
async function killerOf(mutant) {
  for (const stage of stages) {
    const killer = await runTests(mutant, stage)
    if (killer !== null) return killer
  }
  return null
}

/** The first test that fails, or null. @param {{ readonly name: string }} mutant @param {(typeof stages)[number]} stage */
function runTests(mutant, { tests, seconds }) {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const child = spawn(execPath, [vitest, 'run', '--config', join(here, 'vitest.config.mjs')], {
    cwd: join(here, '../..'),
    detached: true,
    stdio: 'ignore',
    env: {
      ...env,
      MUTANT: mutant.name,
      MUTANT_REPORT: report,
      MUTANT_SOURCES: sources,
      MUTANT_TESTS: tests.join(),
      RUNS: '3000',
      MUTATIONS: '3000',
      NODE_OPTIONS: '--max-old-space-size=1500',
    },
  })
  return new Promise((resolve) => {
    let late = false
    const timer = setTimeout(() => {
      late = true
      if (child.pid !== undefined) kill(-child.pid, 'SIGKILL')
    }, seconds * 1000)
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code === 0 ? null : late ? `no end within ${seconds} s of ${tests.join(', ')}` : firstFailureIn(report))
    })
  })
}

/** @param {string} path */
function firstFailureIn(path) {
  if (!existsSync(path)) return 'a crash'
  /** @type {{ testResults: { name: string, message: string, assertionResults: { status: string, fullName: string }[] }[] }} */
  const { testResults } = JSON.parse(readFileSync(path, 'utf8'))
  for (const { name, assertionResults } of testResults) {
    const failed = assertionResults.find(({ status }) => status === 'failed')
    if (failed) return `${name.replace(/^.*\//, '').replace('.test.ts', '')}: ${failed.fullName.trim()}`
  }
  const broken = testResults.find(({ assertionResults }) => assertionResults.length === 0)
  return broken
    ? `${broken.name.replace(/^.*\//, '').replace('.test.ts', '')}: while it was loading`
    : 'an error outside of the tests'
}
