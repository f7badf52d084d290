/** `npm run bench:server [-- --only row,… --runs 3 …]`: installs the peers if need be, builds, measures. */
import '../../scripts/node-version.mjs'
import { build, first, install } from '../../scripts/workspace.mjs'
import { installPeers } from '../peers.mjs'

await first(install, build, () => installPeers(import.meta.dirname))
await import('./run.mjs')
