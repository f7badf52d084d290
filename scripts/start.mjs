/** `npm start`: installs what is missing, builds what is old, and becomes the server. */
import './node-version.mjs'
import { pathToFileURL } from 'node:url'
import { build, first, install, root, serverMain } from './workspace.mjs'

await first(install, build)
process.chdir(root)
process.env.NODE_ENV ??= 'production'
// In this very process, so that signals and the exit code are the server's own.
await import(pathToFileURL(serverMain).href)
