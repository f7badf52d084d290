import { Decoder, Encoder, MESSAGE_EVENT } from '@manyhands/protocol'
import { io } from 'socket.io-client'
import { systemClock } from './clock.ts'
import type { Connection, ConnectionEvents, Transport } from './transport.ts'
import { Watch } from './watch.ts'

/** How late a server's ping may be. Socket.IO itself waits longer, for the sake of slow uploads, which do not delay a ping. */
const PING_LATE = 4000

/**
 * Connections by Socket.IO: WebSocket only, which needs no sticky proxy, and one frame per message. Its reconnection is
 * off, because ours knows the other servers; a ping that does not come tells of a line or a server that has gone dead.
 */
export const socketIoTransport: Transport = {
  connect(url: string, on: ConnectionEvents): Connection {
    const socket = io(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      parser: { Encoder, Decoder },
    })
    let open = true
    let watch: Watch | null = null
    const close = (): void => {
      open = false
      watch?.stop()
      socket.close()
    }
    const down = (reason: string): void => {
      if (!open) return
      close()
      on.down(reason)
    }
    socket.io.engine.on('handshake', ({ pingInterval }) => {
      watch = new Watch(systemClock, pingInterval + PING_LATE, () => down('silent'))
    })
    socket.io.engine.on('packet', () => watch?.heard())
    socket.on('connect', () => {
      if (open) on.up()
    })
    socket.on(MESSAGE_EVENT, (bytes: unknown) => {
      if (open && bytes instanceof Uint8Array) on.message(bytes)
    })
    socket.on('connect_error', (error: Error) => down(error.message))
    socket.on('disconnect', down)
    return {
      send: (bytes) => void socket.emit(MESSAGE_EVENT, bytes),
      sendVolatile(bytes) {
        const writable = socket.connected && socket.io.engine.transport.writable === true
        if (writable) socket.volatile.emit(MESSAGE_EVENT, bytes)
        return writable
      },
      close,
    }
  },
}
