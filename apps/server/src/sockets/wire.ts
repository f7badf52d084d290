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
    send: (bytes, done) => void socket.conn.write(bytes, framed(bytes), done),
    end: () => hangUp(socket),
  }
}

/** Whoever says Socket.IO's own goodbye is disconnected already, and their WebSocket would stay, counted by nobody. */
export function hangUp(socket: Socket): void {
  socket.disconnect(true)
  socket.conn.close()
}

/**
 * What Engine.IO sends as it is, in one write; else it frames the bytes anew, and writes head and body, for each who is
 * sent them. (Socket.IO's own broadcasts do the same.)
 */
interface Framed {
  readonly compress: false
  readonly wsPreEncodedFrame: readonly [Buffer]
}

/** A message to a room is the same bytes for all of its members. */
const frames = new WeakMap<Uint8Array, Framed>()

function framed(bytes: Uint8Array): Framed {
  const known = frames.get(bytes)
  if (known !== undefined) return known
  const made: Framed = { compress: false, wsPreEncodedFrame: [frameOf(bytes)] }
  frames.set(bytes, made)
  return made
}

const FINAL_AND_BINARY = 0x82

/** RFC 6455, 5.2: what a server sends has no mask, and its length in one, three or nine bytes. */
function frameOf(bytes: Uint8Array): Buffer {
  const { length } = bytes
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = FINAL_AND_BINARY
  frame[1] = head === 2 ? length : head === 4 ? 126 : 127
  if (head === 4) frame.writeUInt16BE(length, 2)
  if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.set(bytes, head)
  return frame
}
