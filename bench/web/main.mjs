/** `npm run bench:web [-- --quick --only row,… --runs 3 …]`: installs the peer if need be, builds both pages, measures. */
import '../../scripts/node-version.mjs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build, compile, first, install, root } from '../../scripts/workspace.mjs'
import { installPeers } from '../peers.mjs'

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

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

await first(
  install,
  build,
  () => compile('packages/client'),
  () => installPeers(here('.')),
  buildPeer,
)
await import('./run.mjs')
