import type { Server as HttpServer } from 'node:http'
import { Decoder, Encoder, MAX_PEER_MESSAGE_BYTES, MESSAGE_EVENT } from '@manyhands/protocol'
import { Server, type Socket } from 'socket.io'
import { io } from 'socket.io-client'
import type { Log } from '../log.ts'
import type { AcceptedLineEvents, PeerLine, PeerTransport } from '../replication/peer-transport.ts'
import { hangUp } from './wire.ts'

/** Where servers reach each other, beside the browsers' `/socket.io`. */
export const PEERS_PATH = '/peers'

/** A peer that is silent for so long is not reached: the others go on without it, and look for it again. */
const PING_INTERVAL = 2000
const PING_TIMEOUT = 3000

/** A call that nobody answers is given up soon, so that a cut that heals is noticed: six times the way round the earth and back. */
const CONNECT_WITHIN = 2000

/** Lines to other servers, over Socket.IO. */
export const peerSockets: PeerTransport = {
  connect(address, on) {
    const socket = io(address, {
      path: PEERS_PATH,
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      timeout: CONNECT_WITHIN,
      parser: { Encoder, Decoder },
    })
    let isOver = false
    const end = (reason: string): void => {
      if (isOver) return
      isOver = true
      socket.disconnect()
      on.down(reason)
    }
    socket.on('connect', () => isOver || on.up())
    socket.on(MESSAGE_EVENT, (bytes: Uint8Array) => {
      if (isOver) return
      // A bug ends the line that met it, not the process.
      try {
        on.message(bytes)
      } catch (error) {
        end(`a bug: ${error}`)
      }
    })
    socket.on('disconnect', end)
    socket.on('connect_error', (error) => end(error.message))
    return {
      send: (bytes) => void socket.emit(MESSAGE_EVENT, bytes),
      close: () => {
        isOver = true
        socket.disconnect()
      },
    }
  },
}

/** Where other servers arrive. No browser does: it names the origin of its page, and a server has none. */
export class PeerGateway {
  private readonly io: Server
  private readonly accept: (line: PeerLine) => AcceptedLineEvents
  private readonly log: Log

  constructor(http: HttpServer, accept: (line: PeerLine) => AcceptedLineEvents, log: Log) {
    this.accept = accept
    this.log = log
    this.io = new Server(http, {
      path: PEERS_PATH,
      transports: ['websocket'],
      allowUpgrades: false,
      destroyUpgrade: false,
      serveClient: false,
      perMessageDeflate: false,
      httpCompression: false,
      maxHttpBufferSize: MAX_PEER_MESSAGE_BYTES,
      connectTimeout: CONNECT_WITHIN,
      pingInterval: PING_INTERVAL,
      pingTimeout: PING_TIMEOUT,
      parser: { Encoder, Decoder },
      allowRequest: ({ headers }, answer) => answer('origin', headers.origin === undefined),
    })
    this.io.on('connection', (socket) => this.connect(socket))
  }

  async close(): Promise<void> {
    await this.io.close()
  }

  private connect(socket: Socket): void {
    const line = this.accept({
      send: (bytes) => void socket.conn.write(bytes),
      close: () => hangUp(socket),
    })
    socket.on(MESSAGE_EVENT, (bytes: Uint8Array) => this.pass(bytes, line, socket))
    socket.on('disconnect', () => line.down())
  }

  /** A bug ends the line that met it, not the process. */
  private pass(bytes: Uint8Array, line: AcceptedLineEvents, socket: Socket): void {
    try {
      line.message(bytes)
    } catch (error) {
      this.log.error({ err: error }, 'a bug met while taking a message of a peer')
      hangUp(socket)
    }
  }
}
