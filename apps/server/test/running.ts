import { systemClock } from '../src/clock.ts'
import { createServer, type Server } from '../src/server.ts'
import type { Storage } from '../src/storage/storage.ts'
import { silent } from './house.ts'

export interface Running {
  readonly server: Server
  readonly url: string
}

/** A real server at a free port of this computer, over this storage. */
export async function started(storage: Storage, webDir = '/nonexistent'): Promise<Running> {
  const config = { host: '127.0.0.1', port: 0 }
  const own = { storage, clock: systemClock, random: Math.random, log: silent, config, version: '1.2.3', webDir }
  const server = createServer(own)
  const address = await server.listen()
  if (!address.ok) throw new Error(address.error)
  return { server, url: `http://127.0.0.1:${address.value.port}` }
}
