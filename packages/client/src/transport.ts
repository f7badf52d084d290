/** How bytes get to a server and back: Socket.IO, or a test's network. One `connect`, one connection; it never reconnects by itself. */
export interface Transport {
  connect(url: string, on: ConnectionEvents): Connection
}

export interface ConnectionEvents {
  up(): void
  message(bytes: Uint8Array): void
  /** Lost, or never up. Comes once at most, and nothing comes after it, nor after `close`. */
  down(reason: string): void
}

export interface Connection {
  send(bytes: Uint8Array): void
  /** False: the line is busy, and the bytes are not sent. Something newer may be said instead. */
  sendVolatile(bytes: Uint8Array): boolean
  close(): void
}
