import { setTimeout as pause } from 'node:timers/promises'
import { type Client, openDocument, socketIoTransport, systemClock } from '@manyhands/client'
import { type DocumentId, randomDocumentId } from '@manyhands/protocol'
import { Typist } from '@manyhands/testkit'
import { afterEach, expect, test } from 'vitest'
import { systemClock as serverClock } from '../src/clock.ts'
import { createServer, type Server } from '../src/server.ts'
import { Disk, silent } from './house.ts'

/** Real clients and a real server over real sockets; only the disk is in the test's hands. */

const opened: Client[] = []
let server: Server | null = null

afterEach(async () => {
  for (const client of opened.splice(0)) client.close()
  await server?.stop()
})

/** Starts a server; on a port that was had before, in its place. */
async function start(disk: Disk, port = 0): Promise<number> {
  const config = { host: '127.0.0.1', port }
  server = createServer({
    storage: disk,
    clock: serverClock,
    random: Math.random,
    log: silent,
    config,
    version: '0',
    webDir: '/',
  })
  const address = await server.listen()
  if (!address.ok) throw new Error(address.error)
  return address.value.port
}

function open(name: string, port: number, document: DocumentId, create = false): Client {
  const client = openDocument({
    document,
    servers: [`http://127.0.0.1:${port}`],
    person: { name, color: '#336699' },
    transport: socketIoTransport,
    clock: systemClock,
    random: Math.random,
    create,
  })
  opened.push(client)
  return client
}

function typist(client: Client): Typist {
  return new Typist({
    text: () => client.text(),
    edit: (edits) => client.edit(edits, { selection: [0, 0] }),
  })
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await pause(5)
}

function isSaved({ state }: Client): boolean {
  return state.connection === 'live' && state.unsavedCharacters === 0
}

test('[S4] two clients that type at once end equal, and equal to the server', async () => {
  const port = await start(new Disk())
  const document = randomDocumentId(Math.random)
  const ann = open('Ann', port, document, true)
  typist(ann).types('Ann was first. ')
  await until(() => isSaved(ann))
  const bob = open('Bob', port, document)
  await until(() => bob.text() === ann.text())
  typist(ann).goesToEnd().types('Then Ann wrote this. ')
  typist(bob).goesToEnd().types('And Bob wrote that. ')
  await until(() => isSaved(ann) && isSaved(bob) && ann.hash() === bob.hash())
  expect(ann.text()).toBe(bob.text())
  expect(ann.text()).toContain('Then Ann wrote this. ')
  expect(ann.text()).toContain('And Bob wrote that. ')
})

test('[S2] what is typed while the server is away arrives when it is back, once', async () => {
  const disk = new Disk()
  const port = await start(disk)
  const document = randomDocumentId(Math.random)
  const ann = open('Ann', port, document, true)
  typist(ann).types('before, ')
  await until(() => isSaved(ann))
  await server?.stop()
  typist(ann).goesToEnd().types('meanwhile, ')
  expect(isSaved(ann)).toBe(false)
  await start(disk, port)
  ann.reconnectNow()
  typist(ann).goesToEnd().types('after')
  await until(() => isSaved(ann))
  const bob = open('Bob', port, document)
  await until(() => bob.text() !== '')
  expect(bob.text()).toBe('before, meanwhile, after')
})

test('[S5] while the disk fails nothing is called saved; when it works again everything is', async () => {
  const disk = new Disk()
  const port = await start(disk)
  const ann = open('Ann', port, randomDocumentId(Math.random), true)
  await until(() => ann.state.connection === 'live')
  disk.break()
  typist(ann).types('kept by the client')
  await until(() => disk.commits.length > 1)
  expect(isSaved(ann)).toBe(false)
  disk.repair()
  await until(() => isSaved(ann))
})
