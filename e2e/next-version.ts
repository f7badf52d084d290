/** Stands before a server and, when asked to, says that there is a newer version of the page. */
import { once } from 'node:events'
import { createServer, type Server as HttpServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'

export class NextVersion {
  private readonly http: HttpServer
  private isOut = false

  private constructor(port: number) {
    this.http = createServer(({ url = '/', method, headers }, response) => {
      // What is to be changed must come as it is written.
      const plain = { ...headers, 'accept-encoding': 'identity' }
      const asked = request({ port, host: '127.0.0.1', path: url, method, headers: plain }, (answer) => {
        if (url !== '/service-worker.js') {
          response.writeHead(answer.statusCode ?? 500, answer.headers)
          return answer.pipe(response)
        }
        let script = ''
        answer.on('data', (chunk: Buffer) => {
          script += chunk.toString()
        })
        answer.on('end', () => {
          response.writeHead(200, { 'content-type': 'text/javascript', 'cache-control': 'no-cache' })
          response.end(this.isOut ? script.replace('"version":"', '"version":"next-') : script)
        })
        return response
      })
      asked.on('error', () => response.destroy())
      asked.end()
    })
    this.http.on('upgrade', ({ url, headers }, socket) => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
      const way = connect(port, '127.0.0.1', () => way.write(`GET ${url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`))
      way.pipe(socket).pipe(way)
      way.on('error', () => socket.destroy())
      socket.on('error', () => way.destroy())
    })
  }

  static async before(server: string): Promise<NextVersion> {
    const next = new NextVersion(Number(new URL(server).port))
    next.http.listen(0, '127.0.0.1')
    await once(next.http, 'listening')
    return next
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`
  }

  comesOut(): void {
    this.isOut = true
  }

  close(): void {
    this.http.closeAllConnections()
    this.http.close()
  }
}
