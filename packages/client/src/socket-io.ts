import { Decoder, Encoder, MESSAGE_EVENT } from '@manyhands/protocol'
import { io } from 'socket.io-client'
import type { Connection, ConnectionEvents, Transport } from './transport.ts'

/**
 * Connections by Socket.IO: WebSocket only, which needs no sticky proxy, and one frame per message. Its reconnection is
 * off, because ours knows the other servers; its ping notices a line that has gone dead.
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
    const close = (): void => {
      open = false
      socket.close()
    }
    const down = (reason: string): void => {
      if (!open) return
      close()
      on.down(reason)
    }
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
