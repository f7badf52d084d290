import { fileURLToPath } from 'node:url'
import { ours as server } from '../server/ours.mjs'

/** The two pages that are measured: how each is served. Who writes in their documents is in writers.mjs. */

const here = (name) => fileURLToPath(new URL(name, import.meta.url))

export const products = {
  ours: { id: 'ours', serve: server.serve, assets: here('../../apps/web/dist') },
  'y-websocket': {
    id: 'y-websocket',
    assets: here('dist'),
    serve: (port, folder) => ({
      main: here('serve-y.mjs'),
      env: { HOST: '127.0.0.1', PORT: String(port), YPERSISTENCE: folder, NODE_ENV: 'production' },
      ready: /running at/,
    }),
  },
}
