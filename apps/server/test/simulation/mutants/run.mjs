/**
 * `npm run mutants`: puts each mistake of mutants.mjs into the sources, as the simulation reads them, and runs histories until
 * one ends badly; prints its seed, and what was wrong. With words, only those mutants whose name has one of them. Ends with 1 if
 * a mutant survives. RUNS=… how many histories each is given.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { argv, env, execPath, exit } from 'node:process'
import { fileURLToPath } from 'node:url'
import { mutants } from './mutants.mjs'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../../../../..', import.meta.url))
const words = argv.slice(2)
const folder = mkdtempSync(join(tmpdir(), 'mutants-'))

const chosen = mutants.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)))
const lost = chosen.filter((mutant) => countOf(mutant) !== 1)
for (const mutant of lost)
  console.error(`${mutant.file}: what "${mutant.name}" changes stands there ${countOf(mutant)} times`)
if (lost.length > 0) exit(1)

let survivors = 0
console.log('| mutant | seed | what was wrong |\n|---|---|---|')
for (const { name } of chosen) {
  const failure = await failureWith(name)
  if (failure === null) survivors++
  console.log(`| ${name} | ${failure ?? '**none** |'} |`)
}
rmSync(folder, { recursive: true })
console.log(`\n${chosen.length} mutants, ${survivors} survived`)
exit(survivors === 0 ? 0 : 1)

/** @param {import('./mutants.mjs').Mutant} mutant */
function countOf({ file, search }) {
  return readFileSync(join(root, file), 'utf8').split(search).length - 1
}

/** The seed that fails first and its first complaint, as two cells of a table; or null. @param {string} mutant */
async function failureWith(mutant) {
  const report = join(folder, 'report.json')
  rmSync(report, { force: true })
  const vitest = join(root, 'node_modules/vitest/vitest.mjs')
  const code = await new Promise((resolve) => {
    spawn(execPath, [vitest, 'run', '--config', join(here, 'vitest.config.mjs')], {
      cwd: join(here, '../../..'),
      stdio: 'ignore',
      env: { ...env, MUTANT: mutant, MUTANT_REPORT: report, RUNS: env.RUNS ?? '2000' },
    }).on('exit', resolve)
  })
  if (code === 0) return null
  const said = existsSync(report) ? firstMessageIn(JSON.parse(readFileSync(report, 'utf8'))) : ''
  const [, seed, complaint] = /SEED=(\d+)\n(.*)/.exec(said) ?? [null, '', 'an error outside of the histories']
  return `${seed} | ${complaint}`
}

/** @param {{ testResults: { message: string, assertionResults: { failureMessages: string[] }[] }[] }} report */
function firstMessageIn({ testResults }) {
  const messages = testResults.flatMap(({ assertionResults }) =>
    assertionResults.flatMap((test) => test.failureMessages),
  )
  return messages[0] ?? testResults[0]?.message ?? ''
}
