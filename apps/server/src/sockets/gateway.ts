import type { Server as HttpServer } from 'node:http'
import { Decoder, Encoder, MAX_MESSAGE_BYTES, MESSAGE_EVENT } from '@manyhands/protocol'
import { Server, type Socket } from 'socket.io'
import { Connection, type ConnectionOptions } from './connection.ts'
import { isOurOrigin } from './origin.ts'
import { socketWire } from './wire.ts'

/** Where browsers arrive. */
export const BROWSERS_PATH = '/socket.io'

/** A connection costs some 15 kB; this many fit a small machine beside the documents. */
const MAX_CONNECTIONS = 20_000

/** A message somewhat too large is refused by name; what is larger than this never enters memory. */
const MAX_FRAME_BYTES = 2 * MAX_MESSAGE_BYTES

/** Whoever misses a ping calls another server, so this is how soon a reader notices that this one hangs. */
const PING_INTERVAL = 5000

/** An answer may wait in a browser behind a megabyte on its way up a slow line. */
const PING_TIMEOUT = 15_000

export interface GatewayOptions extends ConnectionOptions {
  /** Of the other servers, as browsers know them. */
  readonly addresses: () => readonly string[]
}

/** Where browsers arrive. Nothing else knows Socket.IO. */
export class Gateway {
  private readonly io: Server
  private readonly options: ConnectionOptions
  private readonly connections = new Set<Connection>()
  private closing = false

  constructor(http: HttpServer, options: GatewayOptions) {
    this.options = options
    this.io = new Server(http, {
      path: BROWSERS_PATH,
      destroyUpgrade: false,
      transports: ['websocket'],
      allowUpgrades: false,
      serveClient: false,
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: MAX_FRAME_BYTES,
      connectTimeout: 10_000,
      pingInterval: PING_INTERVAL,
      pingTimeout: PING_TIMEOUT,
      parser: { Encoder, Decoder },
      allowRequest: ({ headers }, answer) =>
        answer('origin', !this.closing && isOurOrigin(headers.origin, headers.host, options.addresses())),
    })
    this.io.on('connection', (socket) => this.connect(socket))
  }

  get size(): number {
    return this.connections.size
  }

  /** Tells everybody that the server is going; nobody new is let in. */
  sayBye(): void {
    this.closing = true
    for (const connection of this.connections) connection.bye('shutting-down')
  }

  /** Ends all connections and stops listening. */
  async close(): Promise<void> {
    for (const connection of [...this.connections]) connection.end()
    await this.io.close()
  }

  private connect(socket: Socket): void {
    const connection = new Connection(socketWire(socket), this.options)
    this.connections.add(connection)
    forgetRequest(socket)
    socket.on(MESSAGE_EVENT, (frame: unknown) => this.pass(frame, connection))
    socket.on('disconnect', () => {
      this.connections.delete(connection)
      connection.end()
    })
    if (this.connections.size > MAX_CONNECTIONS) connection.refuse('too-many-connections', 'The server is full')
  }

  /** A bug ends the connection that met it, not the process. */
  private pass(frame: unknown, connection: Connection): void {
    try {
      connection.receive(frame)
    } catch (error) {
      this.options.log.error({ err: error }, 'a bug met while taking a message')
      connection.refuse('bad-message', 'The server failed on this message')
    }
  }
}

/** Socket.IO keeps what a browser asked with, headers and all, as long as the connection lasts: 1.4 kB that nobody reads again. */
function forgetRequest(socket: Socket): void {
  Reflect.set(socket.conn, 'request', null)
  Reflect.set(socket.client, 'request', null)
  Reflect.set(socket, 'handshake', null)
}
