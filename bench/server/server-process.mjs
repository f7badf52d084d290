import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pinned } from './pin.mjs'

const probe = new URL('probe.mjs', import.meta.url).href

/** One server as a process of its own, on a core of its own, with a disk that is thrown away. */
export class ServerProcess {
  port
  #product
  #extra
  #core
  #child = null
  #folder = mkdtempSync(join(process.env.BENCH_DIR ?? tmpdir(), 'manyhands-bench-'))

  static async start(product, { port, env = {}, core = 0 } = {}) {
    const server = new ServerProcess(product, port ?? (await freePort()), env, core)
    await server.start()
    return server
  }

  constructor(product, port, extra, core) {
    this.#product = product
    this.port = port
    this.#extra = extra
    this.#core = core
  }

  async start() {
    const { options = [], main, env, ready } = this.#product.serve(this.port, this.#folder)
    const { command, args } = pinned(this.#core, process.execPath, [
      ...options,
      '--expose-gc',
      `--import=${probe}`,
      main,
    ])
    const child = spawn(command, args, {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      env: { ...process.env, ...env, ...this.#extra },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    this.#child = child
    let said = ''
    child.stderr.on('data', (chunk) => (said += chunk))
    await new Promise((resolve, reject) => {
      child.stdout.on('data', (chunk) => {
        said += chunk
        if (ready.test(said)) resolve()
      })
      child.once('exit', () => reject(new Error(`${this.#product.id} did not start: ${said}`)))
    })
  }

  /** What it holds, after a collection. */
  async memory() {
    this.#child.send('memory')
    const [usage] = await once(this.#child, 'message')
    return { ...usage, rss: this.residentBytes() }
  }

  residentBytes() {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#child.pid}/status`, 'utf8'))?.[1]
    return Number(kilobytes) * 1024
  }

  /** Seconds of processor time it has taken so far, all threads. */
  cpuSeconds() {
    const fields = readFileSync(`/proc/${this.#child.pid}/stat`, 'utf8').split(') ')[1].split(' ')
    return (Number(fields[11]) + Number(fields[12])) / 100
  }

  async kill() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }

  async throwAway() {
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

export function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
