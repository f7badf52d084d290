import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { randomIncarnation } from '@manyhands/crdt'
import { randomDocumentId } from '@manyhands/protocol'
import Database from 'libsql'
import { afterAll, afterEach, expect, test } from 'vitest'
import { RealBrowser } from './socket.ts'

/** The program as it is started by `npm start`: its own process, a real disk, real signals. */

const root = mkdtempSync(join(tmpdir(), 'manyhands-process-'))
const folder = fileURLToPath(new URL('..', import.meta.url))
const running = new Set<Program>()
afterEach(() => Promise.all([...running].map((program) => program.kill())))
afterAll(() => rmSync(root, { recursive: true, force: true }))

class Program {
  readonly process: ChildProcess
  readonly exit: Promise<number | null>
  out = ''
  err = ''

  constructor(env: Readonly<Record<string, string>>, ...program: readonly string[]) {
    const settings = { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...env }
    const args = ['--conditions=source', '--import', 'tsx', ...(program.length > 0 ? program : ['src/main.ts'])]
    this.process = spawn(process.execPath, args, { cwd: folder, env: settings })
    this.process.stdout?.on('data', (text) => {
      this.out += text
    })
    this.process.stderr?.on('data', (text) => {
      this.err += text
    })
    this.exit = once(this.process, 'close').then(([code]) => (typeof code === 'number' ? code : null))
    running.add(this)
    void this.exit.then(() => running.delete(this))
  }

  /** Where it can be reached, when it can. */
  async url(): Promise<string> {
    while (this.process.exitCode === null) {
      const url = /Manyhands is at (\S+)\n.*\n.*\n/.exec(this.out)?.[1]
      if (url !== undefined) return url
      await Promise.race([once(this.process.stdout ?? this.process, 'data'), this.exit])
    }
    throw new Error(this.err)
  }

  kill(): Promise<number | null> {
    this.process.kill('SIGKILL')
    return this.exit
  }
}

function dataDir(): string {
  return mkdtempSync(join(root, 'data-'))
}

/** What it says on stderr, and its exit code, when it does not start. */
async function failure(env: Readonly<Record<string, string>>): Promise<readonly [string, number | null]> {
  const program = new Program(env)
  const code = await program.exit
  expect(program.out).toBe('')
  return [program.err, code]
}

test('it says where it is, where the documents are, and who may edit; and nothing else', async () => {
  const directory = dataDir()
  const program = new Program({ DATA_DIR: directory })
  const url = await program.url()
  expect(program.out).toBe(
    `Manyhands is at ${url}\n` +
      `Documents are kept in ${directory}\n` +
      "Whoever has a document's link may edit it (on this computer; HOST=0.0.0.0 opens it to your network)\n",
  )
  expect(program.err).toBe('')
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
})

test('[S1] after kill -9 in mid-typing, five times, every push that was called stored is there', async () => {
  const directory = dataDir()
  const document = randomDocumentId(Math.random)
  const incarnation = randomIncarnation(Math.random)
  let kept = ''
  for (let round = 0; round < 5; round++) {
    const program = new Program({ DATA_DIR: directory })
    const ann = await new RealBrowser(await program.url(), document, incarnation).joined()
    const text = ann.doc.text()
    expect(text.startsWith(kept)).toBe(true)
    for (let i = 0; i < 500; i++) ann.types(`${round}`)
    await ann.until(() => ann.storedUpTo >= 1)
    for (let i = 0; i < 500; i++) ann.types(`${round}`)
    await program.kill()
    await ann.disconnected()
    kept = text + `${round}`.repeat(ann.storedUpTo)
  }
  const program = new Program({ DATA_DIR: directory })
  const bob = await new RealBrowser(await program.url(), document, incarnation).joined('Bob')
  expect(bob.doc.text().startsWith(kept)).toBe(true)
  bob.close()
})

test('SIGTERM and SIGINT say bye, close in order, and exit with 0', async () => {
  const directory = dataDir()
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const program = new Program({ DATA_DIR: directory })
    const document = randomDocumentId(Math.random)
    const ann = await new RealBrowser(await program.url(), document, randomIncarnation(Math.random)).joined()
    ann.types('x')
    program.process.kill(signal)
    expect((await ann.hears('bye')).reason).toBe('shutting-down')
    expect([await program.exit, program.err]).toEqual([0, ''])
  }
})

test('a port in use is one clear line and exit code 1', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const address = blocker.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  expect(await failure({ PORT: String(port), DATA_DIR: dataDir() })).toEqual([
    `Port ${port} on 127.0.0.1 is in use. Stop what uses it, or choose another: PORT=${port + 1}.\n`,
    1,
  ])
  blocker.close()
})

test('a data directory that cannot be used is one clear line and exit code 1', async () => {
  const file = join(dataDir(), 'file')
  writeFileSync(file, '')
  const [line, code] = await failure({ DATA_DIR: file })
  expect(line).toMatch(/^The data directory \S+file cannot be used: .*\.\n$/)
  expect(code).toBe(1)
})

test('a database of a newer schema is one clear line and exit code 1', async () => {
  const directory = join(dataDir(), 'deep')
  mkdirSync(directory)
  const database = new Database(join(directory, 'manyhands.db'))
  database.exec('PRAGMA user_version = 99')
  database.close()
  const [line, code] = await failure({ DATA_DIR: directory })
  expect(line).toMatch(/^The database \S+manyhands\.db cannot be used: its schema has version 99, .*\n$/)
  expect(code).toBe(1)
})

test('a setting that makes no sense is one clear line and exit code 1', async () => {
  expect(await failure({ PORT: '80a' })).toEqual(['PORT must be a whole number from 0 to 65535, not "80a".\n', 1])
})

test('[D4] the loss of a damaged document is accepted by a command, while no server runs', async () => {
  const directory = dataDir()
  const document = randomDocumentId(Math.random)
  const incarnation = randomIncarnation(Math.random)
  const accepts = async (id: string): Promise<readonly [string, string, number | null]> => {
    const program = new Program({ DATA_DIR: directory }, 'src/accept-loss.ts', id)
    const code = await program.exit
    return [program.out, program.err, code]
  }
  expect(await accepts('notes')).toEqual(['', expect.stringMatching(/^Which document\? /), 1])

  const before = new Program({ DATA_DIR: directory })
  const ann = await new RealBrowser(await before.url(), document, incarnation).joined()
  for (const text of ['One. ', 'Two. ']) {
    ann.types(text)
    await ann.allStored()
  }
  expect(await accepts(document)).toEqual(['', expect.stringContaining('another server is using it'), 1])
  await before.kill()
  await ann.disconnected()
  expect(await accepts(document)).toEqual(['', `Nothing of ${document} is lost.\n`, 1])

  // In a process of its own, since the driver holds the file as long as its process lives.
  const damage = `new (require('libsql'))('${join(directory, 'manyhands.db')}').exec("UPDATE updates SET bytes = x'00' WHERE n = 2")`
  execFileSync(process.execPath, ['-e', damage], { cwd: folder })
  const [out, err, code] = await accepts(document)
  expect([out, err, code]).toEqual([expect.stringContaining('5 characters are left, and may be edited again.'), '', 0])
  const after = new Program({ DATA_DIR: directory })
  const bob = await new RealBrowser(await after.url(), document, incarnation).joined('Bob')
  expect([bob.doc.text(), (await bob.hears('welcome')).role]).toEqual(['One. ', 'writer'])
  bob.close()
})
