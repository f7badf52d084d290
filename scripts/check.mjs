/** `npm run check`: what can be said of the sources without running them. Each step counts as one test. */
import './node-version.mjs'
import { first, install, isMain, run, tool } from './workspace.mjs'

/** @type {readonly (readonly [string, () => import('./workspace.mjs').Tool])[]} */
const steps = [
  ['format and lint', () => tool('@biomejs/biome', 'biome', 'ci', '--error-on-warnings', '--colors=off')],
  ['types', () => tool('typescript', 'tsc', '--build')],
  ['types of the scripts', () => tool('typescript', 'tsc', '--project', 'scripts')],
  ['layers', () => ({ command: process.execPath, args: ['scripts/layers.mjs'] })],
  ['unused code', () => tool('knip', 'knip', '--no-progress', '--no-config-hints')],
  [
    'same versions everywhere',
    () => tool('sherif', 'sherif', '--fail-on-warnings', '--ignore-rule=root-package-manager-field'),
  ],
]

/** @param {readonly [string, () => import('./workspace.mjs').Tool]} step */
async function take([name, toolOf]) {
  const { ok, output, seconds } = await run(toolOf())
  console.log(`${ok ? 'ok    ' : 'failed'}  ${name}  ${seconds.toFixed(1)} s`)
  if (!ok) console.log(`\n${output.trim()}\n`)
  return ok
}

/** @returns {Promise<import('./workspace.mjs').Counts>} */
export async function check() {
  const passed = (await Promise.all(steps.map(take))).filter(Boolean).length
  return { passed, failed: steps.length - passed, skipped: 0 }
}

if (isMain(import.meta.url)) {
  await first(install)
  const { failed } = await check()
  process.exit(failed === 0 ? 0 : 1)
}
