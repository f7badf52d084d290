/** `npm run dev`: the server and the page straight from their sources, both reloading as they change. */
import './node-version.mjs'
import { join } from 'node:path'
import { first, install, root, run, tool } from './workspace.mjs'

await first(install)
const server = tool('tsx', 'tsx', 'watch', '--conditions=source', 'apps/server/src/main.ts')
const page = tool('vite', 'vite')
// Where one of the two ends, the other has no purpose. Ctrl-C reaches both.
const end = new AbortController()
const { signal } = end
await Promise.race([
  run(server, { loud: true, signal }),
  run(page, { loud: true, signal, cwd: join(root, 'apps/web') }),
])
end.abort()
