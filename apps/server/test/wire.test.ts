import { once } from 'node:events'
import { createServer } from 'node:http'
import { Decoder, Encoder, MESSAGE_EVENT } from '@manyhands/protocol'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import { expect, test } from 'vitest'
import { socketWire } from '../src/sockets/wire.ts'

/** Around each length at which the head of a frame grows. */
const LENGTHS = [1, 125, 126, 127, 65_535, 65_536, 1_048_576]

test('bytes of any length come as they were sent, to all who are sent them, and it is said when they have gone', async () => {
  const http = createServer().listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const parser = { Encoder, Decoder }
  const server = new Server(http, { transports: ['websocket'], parser })
  const messages = LENGTHS.map((length) => Uint8Array.from({ length }, (_, i) => (i * 7 + length) % 256))
  let gone = 0
  server.on('connection', (socket) => {
    const wire = socketWire(socket)
    for (const bytes of messages) wire.send(bytes, () => gone++)
  })

  const options = { transports: ['websocket'], forceNew: true, reconnection: false, parser }
  const clients = [1, 2].map(() => io(`http://127.0.0.1:${port}`, options))
  const heard = await Promise.all(
    clients.map(
      (client) =>
        new Promise<Uint8Array[]>((resolve) => {
          const all: Uint8Array[] = []
          client.on(MESSAGE_EVENT, (bytes: Uint8Array) => {
            all.push(new Uint8Array(bytes))
            if (all.length === LENGTHS.length) resolve(all)
          })
        }),
    ),
  )
  for (const all of heard)
    for (const [i, bytes] of all.entries()) expect(Buffer.compare(bytes, messages[i] ?? bytes)).toBe(0)
  expect(heard.map((all) => all.map(({ length }) => length))).toEqual([LENGTHS, LENGTHS])
  await expect.poll(() => gone).toBe(2 * LENGTHS.length)

  for (const client of clients) client.disconnect()
  await server.close()
})
