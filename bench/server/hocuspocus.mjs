import { fileURLToPath } from 'node:url'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { frameOf } from './websocket.mjs'
import { yjsClient } from './yjs.mjs'

/** Hocuspocus, with its database extension, which writes the whole document two seconds after an edit, as it does by default. */

const AUTH = 2
const TOKEN = 0

export const hocuspocus = {
  id: 'hocuspocus',
  title: 'Hocuspocus',
  tellsStored: false,
  serve: (port, folder) => ({
    main: fileURLToPath(new URL('serve-hocuspocus.mjs', import.meta.url)),
    env: { PORT: String(port), DATA_DIR: folder, NODE_ENV: 'production' },
    ready: /listening/,
  }),
  ...yjsClient({
    address: () => '/',
    preamble: (encoder, document) => encoding.writeVarString(encoder, document),
    skip: (decoder) => decoding.readVarString(decoder),
    greet(socket, document) {
      const encoder = encoding.createEncoder()
      encoding.writeVarString(encoder, document)
      encoding.writeVarUint(encoder, AUTH)
      encoding.writeVarUint(encoder, TOKEN)
      encoding.writeVarString(encoder, '')
      socket.send(frameOf(encoding.toUint8Array(encoder)))
    },
  }),
}
