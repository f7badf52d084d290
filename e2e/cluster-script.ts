/** `npm run cluster` as a process, with a folder for its documents that is thrown away. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePortsInARow } from './server.ts'

const script = join(import.meta.dirname, '../scripts/cluster.mjs')
const NAMES = ['a', 'b', 'c'] as const
type Name = (typeof NAMES)[number]

/** Says less as it runs on: what it has said so far is in `said`. */
export class ClusterScript {
  readonly url: string
  private readonly process: ChildProcess
  private readonly dataDir: string
  private said = ''
  private heard: (() => void)[] = []

  static async start(): Promise<ClusterScript> {
    const port = await freePortsInARow(NAMES.length + 1)
    const cluster = new ClusterScript(port, await mkdtemp(join(tmpdir(), 'manyhands-cluster-')))
    for (const name of NAMES) await cluster.says(`${name} is ready`)
    return cluster
  }

  private constructor(port: number, dataDir: string) {
    this.url = `http://localhost:${port}`
    this.dataDir = dataDir
    const env = { ...process.env, PORT: String(port), HOST: 'localhost', DATA_DIR: dataDir }
    this.process = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk) => {
        this.said += chunk
        for (const wake of this.heard.splice(0)) wake()
      })
    }
  }

  kill(name: Name): void {
    const pid = [...this.said.matchAll(new RegExp(`^${name} .*process (\\d+)$`, 'gm'))].at(-1)?.[1]
    if (pid === undefined) throw new Error(`${name} does not run:\n${this.said}`)
    process.kill(Number(pid), 'SIGKILL')
  }

  /** As Ctrl-C does; answers how it ended. */
  async interrupt(): Promise<number | null> {
    if (this.process.exitCode === null) {
      const gone = once(this.process, 'exit')
      this.process.kill('SIGINT')
      await gone
    }
    await rm(this.dataDir, { recursive: true, force: true })
    return this.process.exitCode
  }

  private async says(words: string): Promise<void> {
    while (!this.said.includes(words)) {
      if (this.process.exitCode !== null) throw new Error(`It ended before it said "${words}":\n${this.said}`)
      await new Promise<void>((resolve) => this.heard.push(resolve))
    }
  }
}
