/**
 * A Socket.IO parser that sends every message as one WebSocket frame: the default one announces a binary event in a frame
 * of its own, which doubles the frames, and the number of frames is what costs. An event carries exactly one
 * Uint8Array and travels as these bytes and nothing else; connect, disconnect and connect-error travel as a line of JSON.
 */

/** Socket.IO's packet types, as far as they can occur here. */
const CONNECT = 0
const DISCONNECT = 1
const EVENT = 2
const CONNECT_ERROR = 4

/** The one event there is. */
export const MESSAGE_EVENT = 'm'

interface Packet {
  readonly type: number
  readonly nsp: string
  readonly data?: unknown
}

type Listener = (packet: Packet) => void

export class Encoder {
  encode(packet: Packet): readonly (string | Uint8Array)[] {
    if (packet.type !== EVENT) return [JSON.stringify({ type: packet.type, data: packet.data })]
    const bytes: unknown = Array.isArray(packet.data) ? packet.data[1] : undefined
    if (!(bytes instanceof Uint8Array)) throw new TypeError('An event carries one Uint8Array')
    return [bytes]
  }
}

/** One connection's decoder. Changed by the listeners that Socket.IO adds and removes, and by nothing else. */
export class Decoder {
  private listeners: readonly Listener[] = []

  on(_event: 'decoded', listener: Listener): this {
    this.listeners = [...this.listeners, listener]
    return this
  }

  off(_event: 'decoded', listener: Listener): this {
    this.listeners = this.listeners.filter((other) => other !== listener)
    return this
  }

  removeListener(event: 'decoded', listener: Listener): this {
    return this.off(event, listener)
  }

  /** Takes one WebSocket frame: a string, a Buffer, a Uint8Array or an ArrayBuffer. */
  add(frame: unknown): void {
    const packet = typeof frame === 'string' ? controlOf(frame) : messageOf(frame)
    for (const listener of this.listeners) listener(packet)
  }

  destroy(): void {
    this.listeners = []
  }
}

/**
 * What nobody sends who speaks this language. Socket.IO takes a connect-error from a client, or a second one from a
 * server, as the end of the connection: so bad input closes it, and nothing is thrown.
 */
const REFUSED: Packet = { type: CONNECT_ERROR, nsp: '/', data: { message: 'bad-message' } }

function messageOf(frame: unknown): Packet {
  if (frame instanceof Uint8Array) return event(frame)
  if (frame instanceof ArrayBuffer) return event(new Uint8Array(frame))
  return REFUSED
}

function event(bytes: Uint8Array): Packet {
  return { type: EVENT, nsp: '/', data: [MESSAGE_EVENT, bytes] }
}

const LONGEST_CONTROL = 10_000

function controlOf(line: string): Packet {
  const json = line.length <= LONGEST_CONTROL ? parse(line) : null
  if (!isRecord(json)) return REFUSED
  const { type, data } = json
  if (type === DISCONNECT) return { type, nsp: '/' }
  if (type === CONNECT && (data === undefined || isRecord(data))) return { type, nsp: '/', data }
  if (type === CONNECT_ERROR && isRecord(data) && typeof data.message === 'string') return { type, nsp: '/', data }
  return REFUSED
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
