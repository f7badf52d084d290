/**
 * `npm run mutants`: puts each mistake of mutants.mjs into a copy of the sources, runs the fast tests over it until one fails, and
 * prints which. With words, only those mutants whose name or file has one of them. Ends with 1 if a mutant survives.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, env, execPath, exit, kill } from 'node:process'
import { fileURLToPath } from 'node:url'
import { mutants } from './mutants.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../../../..', import.meta.url))
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const words = argv.slice(2)
const SECONDS = 240

// The quick first: most mutants fall there.
const stages = [
  ['edit', 'structures', 'doc', 'undo', 'interleaving', 'golden', 'parts'],
  ['like-plain-doc'],
  ['hostile-bytes', 'long-life'],
]

const chosen = mutants.filter(
  ({ name, file }) => words.length === 0 || words.some((word) => name.includes(word) || file.includes(word)),
)
const lost = chosen.filter((mutant) => countOf(mutant) !== 1)
for (const mutant of lost) {
  console.error(`${mutant.file}: "${mutant.search}" stands there ${countOf(mutant)} times, not once (${mutant.name})`)
}
if (lost.length > 0) exit(1)

const folder = mkdtempSync(join(tmpdir(), 'mutants-'))
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
  return readFileSync(join(here, '../../src', file), 'utf8').split(search).length - 1
}

/** @param {{ readonly name: string }} mutant @returns {Promise<string | null>} */
async function killerOf(mutant) {
  for (const files of stages) {
    const killer = await runTests(mutant, files)
    if (killer !== null) return killer
  }
  return null
}

/** The first test that fails, or null. @param {{ readonly name: string }} mutant @param {readonly string[]} files */
function runTests(mutant, files) {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const paths = files.map((file) => `test/${file}.test.ts`)
  const child = spawn(execPath, [vitest, 'run', '--config', join(here, 'vitest.config.mjs'), ...paths], {
    cwd: join(here, '../..'),
    detached: true,
    stdio: 'ignore',
    env: {
      ...env,
      MUTANT: mutant.name,
      MUTANT_REPORT: report,
      RUNS: '3000',
      NODE_OPTIONS: '--max-old-space-size=1500',
    },
  })
  return new Promise((resolve) => {
    let late = false
    const timer = setTimeout(() => {
      late = true
      if (child.pid !== undefined) kill(-child.pid, 'SIGKILL')
    }, SECONDS * 1000)
    child.on('exit', (code) => {
      clearTimeout(timer)
      resolve(code === 0 ? null : late ? `no end within ${SECONDS} s` : firstFailureIn(report))
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
