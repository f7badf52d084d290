import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm, run } from '../scripts/workspace.mjs'

/** Installs what is measured beside ours: what the lock file in this folder names, unless it is there. */
export async function installPeers(folder) {
  if (isInstalled(folder)) return
  console.log('Installing the peers …')
  await run(npm('ci', '--ignore-scripts', '--no-audit', '--no-fund'), { cwd: folder, loud: true })
}

function isInstalled(folder) {
  const packages = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8')).packages
  if (!existsSync(join(folder, 'node_modules/.package-lock.json'))) return false
  const there = packages('node_modules/.package-lock.json')
  return Object.entries(packages('package-lock.json')).every(
    ([path, wanted]) => !path.startsWith('node_modules/') || wanted.optional || there[path]?.version === wanted.version,
  )
}
