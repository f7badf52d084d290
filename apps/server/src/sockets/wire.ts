import type { Socket } from 'socket.io'

/** One WebSocket, as a connection sees it. */
export interface Wire {
  /** `done` is called when the bytes have been handed to the operating system. */
  send(bytes: Uint8Array, done: () => void): void
  /** Closes when everything that was sent has gone out. */
  end(): void
}

/**
 * An event of the one-frame parser is its bytes and nothing else, so they go straight to the transport: nothing is
 * wrapped, and the same bytes serve every member of a room.
 */
export function socketWire(socket: Socket): Wire {
  return {
    send: (bytes, done) => void socket.conn.write(bytes, undefined, done),
    end: () => void socket.disconnect(true),
  }
}
