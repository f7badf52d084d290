/** `npm run bench:web [-- --quick --only row,… --runs 3 …]`: installs the peer if need be, builds both pages, measures. */
import '../../scripts/node-version.mjs'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, compile, first, install, npm, root, run } from '../../scripts/workspace.mjs'

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
  console.log('Installing the peer …')
  await run(npm('ci', '--ignore-scripts', '--no-audit', '--no-fund'), { cwd: here('.'), loud: true })
}

/** The page of apps/web by its own configuration, with Yjs in the place of our document, our client and our binding. */
async function buildPeer() {
  const { build: bundle } = await import(pathToFileURL(join(root, 'node_modules/vite/dist/node/index.js')).href)
  await bundle({
    root: join(root, 'apps/web'),
    logLevel: 'warn',
    resolve: {
      alias: { '@manyhands/client': here('peer/client.mjs'), '@manyhands/codemirror': here('peer/codemirror.mjs') },
      dedupe: ['@codemirror/state', '@codemirror/view', 'yjs'],
    },
    build: { outDir: here('dist'), emptyOutDir: true },
  })
}

await first(install, build, () => compile('packages/client'), installPeers, buildPeer)
await import('./run.mjs')
