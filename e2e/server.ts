/** A real server: the built one, as a process of its own, with a data directory that is thrown away afterwards. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const main = join(import.meta.dirname, '../apps/server/dist/main.js')
const ADDRESS = /http:\/\/[^\s/]+:\d+/

/** Changes as the process comes and goes; the address and the data directory stay. */
export class Server {
  private readonly dataDir: string
  private readonly settings: Readonly<Record<string, string>>
  private process: ChildProcess | null = null
  private readonly port: number

  private constructor(dataDir: string, port: number, settings: Readonly<Record<string, string>>) {
    this.dataDir = dataDir
    this.port = port
    this.settings = settings
  }

  static async start(): Promise<Server> {
    const server = new Server(await newFolder(), await freePortsInARow(1), {})
    await server.start()
    return server
  }

  /** So many servers, each with a disk of its own and every other one as its peer, at the address that is given for it. */
  static async startPeers(count: number, addressOf = directly): Promise<readonly Server[]> {
    const first = await freePortsInARow(count)
    const ports = Array.from({ length: count }, (_, n) => first + n)
    const servers: Server[] = []
    for (const port of ports) {
      const others = ports.filter((other) => other !== port)
      const PEERS = await Promise.all(others.map((other) => addressOf(port, other)))
      const settings = {
        SERVER_ID: `on-${port}`,
        PEERS: PEERS.join(),
        PEER_SECRET: 'a secret of these tests and no other',
      }
      servers.push(new Server(await newFolder(), port, settings))
    }
    await Promise.all(servers.map((server) => server.start()))
    return servers
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Resolves when the server says its address, or runs already. */
  async start(): Promise<void> {
    if (this.runs) return
    const own = { PORT: String(this.port), HOST: '127.0.0.1', DATA_DIR: this.dataDir }
    const env = { ...process.env, ...this.settings, ...own }
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.process = child
    await listens(child)
  }

  /** As a power cut would: nothing is written, nobody is told. */
  async kill(): Promise<void> {
    await this.end('SIGKILL')
  }

  /** Its disk is lost, and an empty one is in its place; it does not run. */
  async loseDisk(): Promise<void> {
    await this.kill()
    await rm(this.dataDir, { recursive: true, force: true })
    await mkdir(this.dataDir)
  }

  /** It hangs: connections stand, and nobody answers. */
  stop(): void {
    this.process?.kill('SIGSTOP')
  }

  goOn(): void {
    this.process?.kill('SIGCONT')
  }

  async throwAway(): Promise<void> {
    this.goOn()
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

/** The address under which one server calls another, by their ports. */
async function directly(_from: number, to: number): Promise<string> {
  return `http://127.0.0.1:${to}`
}

async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'manyhands-e2e-'))
}

/** The first of so many ports that are free now and follow each other. A system gives none of these to who asks for any. */
export async function freePortsInARow(count: number): Promise<number> {
  for (;;) {
    const first = 20_000 + Math.floor(Math.random() * 12_000)
    const listeners = await Promise.allSettled(Array.from({ length: count }, (_, n) => listenOn(first + n)))
    const ours = listeners.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
    await Promise.all(ours.map((listener) => once(listener.close(), 'close')))
    if (ours.length === count) return first
  }
}

async function listenOn(port: number): Promise<ReturnType<typeof createServer>> {
  const listener = createServer().listen(port, '127.0.0.1')
  await once(listener, 'listening')
  return listener
}

async function listens(child: ChildProcess): Promise<void> {
  let said = ''
  return new Promise((resolve, reject) => {
    const listen = (chunk: Buffer): void => {
      said += chunk.toString()
      if (ADDRESS.test(said)) resolve()
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('exit', (code) =>
      reject(new Error(`The server ended with ${code} before it gave its address:\n${said}`)),
    )
  })
}
