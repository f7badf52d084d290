/** `npm run bench [-- --only row,… --libs name,… --runs 5 --keys]`: installs the peers if need be, compiles, measures. */
import '../scripts/node-version.mjs'
import { compile, first, install } from '../scripts/workspace.mjs'
import { installPeers } from './peers.mjs'

await first(
  install,
  () => compile('packages/crdt'),
  () => installPeers(import.meta.dirname),
)
if (process.argv.includes('--keys')) await import('./key-growth.mjs')
else await import('./run.mjs')
