/** `npm run accept-loss -- <document id>`: what is left of a damaged document is all there is from now on. */
import './node-version.mjs'
import { pathToFileURL } from 'node:url'
import { acceptLossMain, build, first, install } from './workspace.mjs'

await first(install, build)
await import(pathToFileURL(acceptLossMain).href)
