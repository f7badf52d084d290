import { request } from 'node:http'
import { Decoder, decodePeerMessage, Encoder, encodePeerMessage, type PeerMessage } from '@manyhands/protocol'
import { io } from 'socket.io-client'
import { afterEach, expect, test } from 'vitest'
import type { PeerLine } from '../src/replication/peer-transport.ts'
import { type Exchange, proofOf } from '../src/replication/proof.ts'
import { peerSockets } from '../src/sockets/peer-sockets.ts'
import { Cluster, type ClusterServer, until } from './cluster.ts'

/** Servers with real sockets between them; only the disks are in the test's hands. */

let cluster = new Cluster()

afterEach(async () => {
  await cluster.stop()
  cluster = new Cluster()
})

async function started(...names: string[]): Promise<ClusterServer[]> {
  return [...(await cluster.start(...names))]
}

function must<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('It is there')
  return value
}

test('[S3] what one types at one server another sees at another server, and both disks have it', async () => {
  const [a, b] = (await started('a', 'b')).map(must)
  const [ann, bob] = [await must(a).joined('Ann'), await must(b).joined('Bob')]
  ann.types('Hello, ')
  await bob.until(() => bob.doc.length === 7)
  bob.types('world')
  await ann.until(() => ann.doc.length === 12)
  expect([ann.doc.text(), bob.doc.text()]).toEqual(['Hello, world', 'Hello, world'])
  await Promise.all([ann.allStored(), bob.allStored()])
})

test('[S1] with ACK=replicated an edit is on two servers when it is called stored, and soon on all three', async () => {
  cluster = new Cluster('replicated')
  const [a] = await started('a', 'b', 'c')
  const ann = await must(a).joined('Ann')
  ann.types('safe')
  const stored = await ann.hears('stored')
  expect([stored.replicas >= 2, stored.servers]).toEqual([true, 3])
  await ann.until(() => ann.of('stored').some(({ replicas }) => replicas === 3))
})

test('[R7] a server that was away has everything soon after it is back, with its old disk or with a new one', async () => {
  const [a, b] = await started('a', 'b')
  const ann = await must(a).joined('Ann')
  ann.types('before. ')
  await ann.allStored()
  for (const isLost of [false, true]) {
    await must(b).stop()
    if (isLost) must(b).loseDisk()
    ann.types('meanwhile. ')
    await ann.allStored()
    await must(b).start()
    await until(async () => (await must(b).disk.list())[0]?.stateHash === ann.doc.stateHash())
  }
})

test('[R1] welcome names the other servers', async () => {
  const [a, b, c] = await started('a', 'b', 'c')
  const ann = await must(a).joined('Ann')
  const { servers } = await ann.hears('welcome')
  expect([...servers].sort()).toEqual([must(b).url, must(c).url].sort())
})

test('[R1] a page may not speak as a server', async () => {
  const [a] = await started('a')
  const { url } = must(a)
  expect(await upgrade(`${url}/peers/`, { Origin: url })).toBe(400)
  expect(await upgrade(`${url}/peers/`, { Origin: 'http://evil.example' })).toBe(400)
  expect(await upgrade(`${url}/peers/`, {})).toBe(101)
})

test('[R1] whoever does not know the secret is refused, and hears nothing of any document', async () => {
  const [a] = await started('a')
  const stranger = await Stranger.at(must(a).url)
  stranger.says({ type: 'compare', hashes: new Uint8Array(2048) })
  await stranger.over
  expect(stranger.heard).toEqual([{ type: 'peer-refused', reason: 'bad-message' }])

  const guesser = await Stranger.at(must(a).url)
  guesser.says({ type: 'peer-hello', protocol: 3, server: 'b', nonce: new Uint8Array(16) })
  await guesser.hears('peer-challenge')
  guesser.says({ type: 'peer-proof', proof: new Uint8Array(32) })
  await guesser.over
  expect(guesser.heard.at(-1)).toEqual({ type: 'peer-refused', reason: 'wrong-secret' })
})

test('[R1] a proof that was overheard is of no use another time, nor when it is sent back', async () => {
  const [a] = await started('a')
  const nonce = new Uint8Array(16)
  const peer = await Stranger.at(must(a).url)
  const proof = await peer.proves('b', nonce)
  await peer.hears('peer-welcome')

  const replayer = await Stranger.at(must(a).url)
  replayer.says({ type: 'peer-hello', protocol: 3, server: 'b', nonce })
  await replayer.hears('peer-challenge')
  replayer.says({ type: 'peer-proof', proof })
  await replayer.over
  expect(replayer.heard.at(-1)).toEqual({ type: 'peer-refused', reason: 'wrong-secret' })

  const mirror = await Stranger.at(must(a).url)
  mirror.says({ type: 'peer-hello', protocol: 3, server: 'b', nonce })
  const challenge = await mirror.hears('peer-challenge')
  mirror.says({ type: 'peer-proof', proof: challenge.proof })
  await mirror.over
  expect(mirror.heard.at(-1)).toEqual({ type: 'peer-refused', reason: 'wrong-secret' })
})

test('[S7] what a peer says that does not decode ends its line, and the server goes on', async () => {
  const [a] = await started('a')
  const ann = await must(a).joined('Ann')
  const large = await Stranger.at(must(a).url)
  large.sends(new Uint8Array(2000).fill(1))
  await large.over
  for (const bytes of [
    new Uint8Array(),
    new Uint8Array([99]),
    new Uint8Array([6, 255, 255]),
    new Uint8Array([10, 1]),
  ]) {
    const peer = await Stranger.at(must(a).url)
    await peer.proves('b', new Uint8Array(16))
    await peer.hears('peer-welcome')
    peer.sends(bytes)
    await peer.over
    expect(peer.heard.at(-1)).toEqual({ type: 'peer-refused', reason: 'bad-message' })
  }
  ann.types('unharmed')
  await ann.allStored()
})

test('[S7] whoever takes leave of the protocol and stays on the line is hung up on', async () => {
  const [a] = await started('a')
  const options = { path: '/peers', transports: ['websocket'], forceNew: true, reconnection: false }
  const socket = io(must(a).url, { ...options, parser: { Encoder, Decoder } })
  await new Promise<void>((resolve) => socket.on('connect', resolve))
  socket.io.engine.write('{"type":1}')
  await new Promise((resolve) => socket.on('disconnect', resolve))
})

test('[R1] [S7] however many lines strangers hold open without a proof, a server that knows the secret comes in', async () => {
  const [a] = await started('a')
  const { url } = must(a)
  const strangers = (): Promise<Stranger[]> => Promise.all(Array.from({ length: 64 }, () => Stranger.at(url)))
  const [oldest] = await strangers()
  const peer = await Stranger.at(url)
  await Promise.all([must(oldest).over, peer.proves('b', new Uint8Array(16))])
  await peer.hears('peer-welcome')
  await strangers()
  peer.says({ type: 'compare', hashes: new Uint8Array(2048) })
  expect(await peer.hears('compare-answer')).toMatchObject({ isLast: true })
})

/** Somebody who dials a server, and says what they like. */
class Stranger {
  readonly heard: PeerMessage[] = []
  readonly over: Promise<void>
  private readonly line: PeerLine
  private wake: () => void = () => {}

  private constructor(url: string, up: () => void) {
    let down: () => void = () => {}
    this.over = new Promise((resolve) => {
      down = resolve
    })
    this.line = peerSockets.connect(url, { up, message: (bytes) => this.hear(bytes), down })
  }

  static at(url: string): Promise<Stranger> {
    return new Promise((resolve) => {
      const stranger: Stranger = new Stranger(url, () => resolve(stranger))
    })
  }

  says(message: PeerMessage): void {
    this.sends(encodePeerMessage(message))
  }

  sends(bytes: Uint8Array): void {
    this.line.send(bytes)
  }

  async hears<T extends PeerMessage['type']>(type: T): Promise<Extract<PeerMessage, { type: T }>> {
    for (;;) {
      const found = this.heard.find((m): m is Extract<PeerMessage, { type: T }> => m.type === type)
      if (found !== undefined) return found
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  /** Proves to be a server that knows the secret, as this one and with this nonce; answers the proof. */
  async proves(server: string, nonce: Uint8Array): Promise<Uint8Array> {
    this.says({ type: 'peer-hello', protocol: 3, server, nonce })
    const challenge = await this.hears('peer-challenge')
    const exchange: Exchange = {
      dialer: server,
      dialed: challenge.server,
      dialerNonce: nonce,
      dialedNonce: challenge.nonce,
    }
    const proof = proofOf('known to all servers', 'dialer', exchange)
    this.says({ type: 'peer-proof', proof })
    return proof
  }

  private hear(bytes: Uint8Array): void {
    const message = decodePeerMessage(bytes)
    if (!message.ok) throw new Error(message.error.detail)
    this.heard.push(message.value)
    this.wake()
  }
}

/** The status that the server answers to a WebSocket handshake. */
function upgrade(url: string, headers: Record<string, string>): Promise<number> {
  const key = Buffer.alloc(16).toString('base64')
  const asked = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13', 'Sec-WebSocket-Key': key }
  return new Promise((resolve, reject) => {
    const handshake = request(`${url}?EIO=4&transport=websocket`, { headers: { ...asked, ...headers } })
    handshake.on('response', (response) => resolve(response.statusCode ?? 0))
    handshake.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve(response.statusCode ?? 0)
    })
    handshake.on('error', reject)
    handshake.end()
  })
}

test('a server stops while its peers and its pages are there', async () => {
  const [a, b] = await cluster.start('a', 'b')
  const [ann, bob] = [await a?.joined('Ann'), await b?.joined('Bob')]
  await b?.stop()
  await bob?.disconnected()
  expect(ann?.ended).toBe(false)
})
