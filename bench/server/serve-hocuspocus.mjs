import { mkdirSync } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Database } from '@hocuspocus/extension-database'
import { Server } from '@hocuspocus/server'

/** Hocuspocus as its manual sets it up, with a database that is a file for each document. */

const { PORT, DATA_DIR } = process.env
mkdirSync(DATA_DIR, { recursive: true })
const fileOf = (name) => join(DATA_DIR, encodeURIComponent(name))

const database = new Database({
  fetch: ({ documentName }) => readFile(fileOf(documentName)).catch(() => null),
  async store({ documentName, state }) {
    const file = await open(fileOf(documentName), 'w')
    await file.writeFile(state)
    await file.sync()
    await file.close()
  },
})
const server = new Server({ port: Number(PORT), address: '127.0.0.1', quiet: true, extensions: [database] })
await server.listen()
console.log('listening')
