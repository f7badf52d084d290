/** Of Socket.IO's ways to a server the page goes one (`packages/client/src/socket-io.ts`): it need not fetch the code of the others. */
import type { Plugin } from 'vite'

const ALL_WAYS = /\/engine\.io-client\/build\/esm\/transports\/index\.js$/
const ONE_WAY = `import { WS } from './websocket.js'
export const transports = { websocket: WS }
`

export function webSocketOnly(): Plugin {
  return {
    name: 'manyhands-websocket-only',
    apply: 'build',
    transform: {
      filter: { id: ALL_WAYS },
      handler: () => ({ code: ONE_WAY, map: null }),
    },
  }
}
