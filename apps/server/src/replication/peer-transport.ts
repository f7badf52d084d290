/** How bytes get to another server and back: sockets, or a test's network. One `connect`, one line; it never reconnects by itself. */
export interface PeerTransport {
  connect(address: string, on: PeerLineEvents): PeerLine
}

export interface PeerLineEvents {
  up(): void
  message(bytes: Uint8Array): void
  /** Lost, or never up. Comes once at most, and nothing comes after it, nor after `close`. */
  down(reason: string): void
}

/** One end of a line: in order and whole for as long as it lasts. */
export interface PeerLine {
  send(bytes: Uint8Array): void
  close(): void
}

/** What the end that was dialed hears; it is up from the beginning. */
export type AcceptedLineEvents = Pick<PeerLineEvents, 'message'> & { down(): void }
