import { fileURLToPath } from 'node:url'
import { yjsClient } from './yjs.mjs'

/** @y/websocket-server, with its LevelDB persistence, which writes every update and does not wait for the disk. */
export const yWebsocket = {
  id: 'y-websocket',
  title: 'y-websocket-server',
  tellsStored: false,
  serve: (port, folder) => ({
    main: fileURLToPath(new URL('node_modules/@y/websocket-server/src/server.js', import.meta.url)),
    env: { HOST: '127.0.0.1', PORT: String(port), YPERSISTENCE: folder, NODE_ENV: 'production' },
    ready: /running at/,
  }),
  ...yjsClient({ address: (document) => `/${document}`, preamble: () => {}, skip: () => {}, greet: () => {} }),
}
