import type { Server as HttpServer } from 'node:http'
import type { Duplex } from 'node:stream'

/**
 * The sockets that have left HTTP. Node leaves them to whoever takes them, without a listener for their errors and without a limit
 * of time, so one that nobody takes would stay for ever, and one that breaks before it is taken would end the process.
 */
export class Upgrades {
  private readonly sockets = new Set<Duplex>()

  /** What is asked for elsewhere than below these paths is refused. To be made before anybody else listens for upgrades. */
  constructor(http: HttpServer, paths: readonly string[]) {
    http.on('upgrade', ({ url = '' }, socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
      socket.on('error', () => socket.destroy())
      if (!paths.some((path) => url.startsWith(path))) refuse(socket)
    })
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy()
  }
}

function refuse(socket: Duplex): void {
  const head = ['HTTP/1.1 400 Bad Request', 'Connection: close', 'Content-Type: text/plain; charset=utf-8']
  socket.end(`${head.join('\r\n')}\r\n\r\nThere is nothing to upgrade to at this address.\n`, () => socket.destroy())
}
