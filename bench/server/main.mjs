/** `npm run bench:server [-- --only row,… --runs 3 …]`: installs the peers if need be, builds, measures. */
import '../../scripts/node-version.mjs'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build, first, install, npm, run } from '../../scripts/workspace.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const packages = (path) => JSON.parse(readFileSync(here(path), 'utf8')).packages

function isInstalled() {
  if (!existsSync(here('node_modules/.package-lock.json'))) return false
  const there = packages('node_modules/.package-lock.json')
  return Object.entries(packages('package-lock.json')).every(
    ([path, wanted]) => !path.startsWith('node_modules/') || wanted.optional || there[path]?.version === wanted.version,
  )
}

async function installPeers() {
  if (isInstalled()) return
  console.log('Installing the peers …')
  await run(npm('ci', '--ignore-scripts', '--no-audit', '--no-fund'), { cwd: here('.'), loud: true })
}

await first(install, build, installPeers)
await import('./run.mjs')
