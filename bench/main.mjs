/** `npm run bench [-- --only row,… --libs name,… --runs 5 --keys]`: installs the peers if need be, compiles, measures. */
import '../scripts/node-version.mjs'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compile, first, install, npm, run } from '../scripts/workspace.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const lock = (path) => JSON.parse(readFileSync(here(path), 'utf8')).packages

function isInstalled() {
  if (!existsSync(here('node_modules/.package-lock.json'))) return false
  const there = lock('node_modules/.package-lock.json')
  return Object.entries(lock('package-lock.json')).every(
    ([path, wanted]) => !path.startsWith('node_modules/') || wanted.optional || there[path]?.version === wanted.version,
  )
}

async function installPeers() {
  if (isInstalled()) return
  console.log('Installing the peers …')
  await run(npm('ci', '--ignore-scripts', '--no-audit', '--no-fund'), { cwd: here('.'), loud: true })
}

await first(install, () => compile('packages/crdt'), installPeers)
if (process.argv.includes('--keys')) await import('./key-growth.mjs')
else await import('./run.mjs')
