/** A real server: the built one, as a process of its own, with a data directory that is thrown away afterwards. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../apps/server/dist/main.js')
const ADDRESS = /http:\/\/[^\s/]+:(\d+)/

/** Changes as the process comes and goes; the address and the data directory stay. */
export class Server {
  private readonly dataDir: string
  private process: ChildProcess | null = null
  private port = 0

  private constructor(dataDir: string) {
    this.dataDir = dataDir
  }

  static async start(): Promise<Server> {
    const server = new Server(await mkdtemp(join(tmpdir(), 'manyhands-e2e-')))
    await server.start()
    return server
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** On a free port the first time, on the same one afterwards. Resolves when the server says its address, or runs already. */
  async start(): Promise<void> {
    if (this.runs) return
    const env = { ...process.env, PORT: String(this.port), HOST: '127.0.0.1', DATA_DIR: this.dataDir }
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.process = child
    this.port = await addressOf(child)
  }

  /** As a power cut would: nothing is written, nobody is told. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  async throwAway(): Promise<void> {
    await this.end('SIGTERM')
    await rm(this.dataDir, { recursive: true, force: true })
  }

  private get runs(): boolean {
    return this.process !== null && this.process.exitCode === null && this.process.signalCode === null
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.process
    if (child === null || !this.runs) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }
}

async function addressOf(child: ChildProcess): Promise<number> {
  let said = ''
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString()
      const port = ADDRESS.exec(said)?.[1]
      if (port !== undefined) resolve(Number(port))
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) =>
      reject(new Error(`The server ended with ${code} before it gave its address:\n${said}`)),
    )
  })
}
