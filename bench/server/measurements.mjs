import { setTimeout as sleep } from 'node:timers/promises'
import { missing, workload } from '../workloads.mjs'
import { Cut } from './cut.mjs'
import { freePort, ServerProcess } from './server-process.mjs'
import { atRate, percentiles, Timeline } from './timeline.mjs'

/**
 * What is measured. Each function runs in the load generator, starts its servers and answers figures. Updates are made before the
 * clock runs, by the library a page would use, one for each character typed.
 */

const LETTERS = 'etaoin shrdlu'

function must(condition, message) {
  if (!condition) throw new Error(message)
}

async function withServers(product, { peers = 0, env = {} } = {}, work) {
  if (peers === 0) return alone(product, env, work)
  return meshed(product, peers, env, work)
}

async function alone(product, env, work) {
  const server = await ServerProcess.start(product, { env })
  try {
    return await work(server)
  } finally {
    await server.throwAway()
  }
}

/** The server that is measured has a core; its peers, which stand for other machines, share that of the load. */
async function meshed(product, peers, env, work) {
  const first = 20_000 + Math.floor(Math.random() * 20_000)
  const ports = Array.from({ length: peers + 1 }, (_, i) => first + i)
  const servers = []
  try {
    for (const [i, port] of ports.entries()) {
      const others = ports.filter((other) => other !== port).map((other) => `http://127.0.0.1:${other}`)
      const mesh = { SERVER_ID: `s${i}`, PEERS: others.join(','), PEER_SECRET: 'b'.repeat(64) }
      servers.push(await ServerProcess.start(product, { port, env: { ...mesh, ...env }, core: i === 0 ? 0 : 1 }))
    }
    await sleep(2000)
    return await work(servers[0], servers)
  } finally {
    for (const server of servers) await server.throwAway()
  }
}

/**
 * So many members of one document, all of whom write; some of them, from the first to the last to be sent something, look at what
 * comes.
 */
async function crowd(
  product,
  server,
  { clients, watchers, timeline, document = product.newDocument(), stored = null },
) {
  const members = []
  const every = watchers === 0 ? Number.POSITIVE_INFINITY : clients / watchers
  for (let i = 0; i < clients; i++) {
    const writer = new product.Writer(document)
    timeline.addWriter(writer.id)
    const edits =
      i % every === Math.floor(every / 2) ? (id, from, to, time) => timeline.arrived(id, from, to, time) : undefined
    const on = edits || stored ? { edits, stored: stored ? (n) => stored(i, n) : undefined } : null
    members.push({ writer, ...(await product.join({ port: server.port, document, writer, on })) })
  }
  return members
}

/** The frames of so many keystrokes by each. */
function typed(members, each) {
  return members.map(({ writer }, i) =>
    Array.from({ length: each }, (_, n) => writer.type(LETTERS[(i + n) % LETTERS.length])),
  )
}

function closeAll(members) {
  for (const { socket } of members) socket.close()
}

/** An edit visible at another client: from the moment it is sent to the moment its frame has come. */
export function visible(product, { clients, perSecond, seconds, peers, env }) {
  return withServers(product, { peers, env }, async (server) => {
    const timeline = new Timeline()
    const watchers = Math.max(1, clients / 10)
    const members = await crowd(product, server, { clients, watchers, timeline })
    const rate = clients * perSecond
    const warmup = rate * 3
    const count = warmup + rate * seconds
    const frames = typed(members, Math.ceil(count / clients))
    const cpu = server.cpuSeconds()
    const { lateP99 } = await atRate(rate, count, (k) => {
      const { writer, socket } = members[k % clients]
      if (k === warmup) timeline.begin()
      timeline.sent(writer.id, performance.now())
      socket.send(frames[k % clients][Math.floor(k / clients)])
    })
    await sleep(500)
    const lacking = watchers * count - timeline.seen - countOfOwn(watchers, clients, count)
    closeAll(members)
    return {
      ...percentiles(timeline.latencies),
      lateP99,
      lacking: Math.max(0, lacking),
      cpu: (server.cpuSeconds() - cpu) / (seconds + 3),
    }
  })
}

/** Servers may or may not send a writer's own edits back; those are not waited for. */
function countOfOwn(watchers, clients, count) {
  return Math.ceil(count / clients) * watchers
}

const LIMIT = 100

/** The most edits a second into one document at which 99 of 100 are seen within the limit: doubled until too many, then halved in. */
export function throughput(product, { clients, seconds, peers, env, start = 1000, steps = 5 }) {
  return withServers(product, { peers, env }, async (server) => {
    const tried = []
    /** One bad moment of the machine is not the server's: a rate that fails is tried once more. */
    const holds = async (rate, again = true) => {
      const result = await flood(product, server, { clients, seconds, rate })
      tried.push({ rate, ...result })
      return (result.p99 < LIMIT && result.lacking === 0) || (again && holds(rate, false))
    }
    let low = 0
    let high = start
    while (high <= 64_000 && (await holds(high))) {
      low = high
      high *= 2
    }
    for (let step = 0; step < steps && high - low > high / 32; step++) {
      const middle = Math.round((low + high) / 200) * 100
      if (await holds(middle)) low = middle
      else high = middle
    }
    const best = tried.filter(({ rate }) => rate === low).at(-1)
    return { editsPerSecond: low, p50: best?.p50, p99: best?.p99, lateP99: best?.lateP99, tried }
  })
}

async function flood(product, server, { clients, seconds, rate }) {
  const timeline = new Timeline()
  const watchers = 2
  const members = await crowd(product, server, { clients, watchers, timeline })
  const warmup = rate * 2
  const count = warmup + rate * seconds
  const each = Math.ceil(count / clients)
  const frames = typed(members, each)
  const cpu = server.cpuSeconds()
  const { lateP99 } = await atRate(rate, count, (k, dueAt) => {
    const { writer, socket } = members[k % clients]
    if (k === warmup) timeline.begin()
    // Where the server makes the load wait, that wait is the server's: what counts is when it should have been sent.
    timeline.sent(writer.id, dueAt)
    socket.send(frames[k % clients][Math.floor(k / clients)])
  })
  const used = server.cpuSeconds() - cpu
  const expected = watchers * count - countOfOwn(watchers, clients, count)
  for (let waited = 0; timeline.seen < expected && waited < 3000; waited += 50) await sleep(50)
  const lacking = Math.max(0, expected - timeline.seen)
  closeAll(members)
  await rested(server)
  return { ...percentiles(timeline.latencies), lateP99, lacking, cpu: used / (seconds + 2) }
}

/** A server that was given too much has still to work it off, which is not the next one's fault. */
async function rested(server) {
  for (let waited = 0; waited < 20_000; waited += 500) {
    const before = server.cpuSeconds()
    await sleep(500)
    if (server.cpuSeconds() - before < 0.1) return
  }
}

/** Many documents with a writer and a reader each. */
export function manyDocuments(product, { documents, perSecond, seconds, peers, env }) {
  return withServers(product, { peers, env }, async (server) => {
    const timeline = new Timeline()
    const writers = []
    const readers = []
    for (let i = 0; i < documents; i++) {
      const document = product.newDocument()
      writers.push(...(await crowd(product, server, { clients: 1, watchers: 0, timeline, document })))
      const edits = (id, from, to, time) => timeline.arrived(id, from, to, time)
      readers.push(await product.join({ port: server.port, document, writer: null, on: { edits } }))
    }
    const warmup = perSecond * 3
    const count = warmup + perSecond * seconds
    const frames = typed(writers, Math.ceil(count / documents))
    const { lateP99 } = await atRate(perSecond, count, (k) => {
      const { writer, socket } = writers[k % documents]
      if (k === warmup) timeline.begin()
      timeline.sent(writer.id, performance.now())
      socket.send(frames[k % documents][Math.floor(k / documents)])
    })
    await sleep(500)
    const rss = server.residentBytes()
    const { heapUsed } = await server.memory()
    const lacking = count - timeline.seen
    closeAll([...writers, ...readers])
    return { ...percentiles(timeline.latencies), lateP99, lacking, rss, heapUsed }
  })
}

/** Edits that a server says are on its disk: each writer keeps so many on their way, and sends one more for each that is stored. */
export function durable(product, { clients, window, seconds, peers, env }) {
  if (!product.tellsStored) return { none: 'never says that an edit is on the disk' }
  return withServers(product, { peers, env }, async (server) => {
    const timeline = new Timeline()
    const sent = Array(clients).fill(0)
    const stored = Array(clients).fill(0)
    let send = () => {}
    const members = await crowd(product, server, {
      clients,
      watchers: 0,
      timeline,
      stored: (i, n) => {
        stored[i] = n
        send(i)
      },
    })
    const frames = typed(members, 1000 * (seconds + 4))
    send = (i) => {
      for (; sent[i] < stored[i] + window && sent[i] < frames[i].length; sent[i]++)
        members[i].socket.send(frames[i][sent[i]])
    }
    const total = () => stored.reduce((sum, n) => sum + n, 0)
    for (const i of members.keys()) send(i)
    await sleep(2000)
    const from = { at: performance.now(), total: total(), cpu: server.cpuSeconds() }
    await sleep(seconds * 1000)
    const elapsed = (performance.now() - from.at) / 1000
    const result = {
      editsPerSecond: (total() - from.total) / elapsed,
      cpu: (server.cpuSeconds() - from.cpu) / elapsed,
    }
    closeAll(members)
    return result
  })
}

/** Bytes at each reader for a keystroke, alone or with the cursor that moves with it. */
export function keystroke(product, { count, cursor }) {
  return withServers(product, {}, async (server) => {
    const timeline = new Timeline()
    const document = product.newDocument()
    const [author] = await crowd(product, server, { clients: 1, watchers: 0, timeline, document })
    let came = 0
    const edits = (_id, from, to) => {
      came += to - from
    }
    const reader = await product.join({ port: server.port, document, writer: null, on: { edits } })
    const type = async () => {
      author.socket.send(author.writer.type('e'))
      if (cursor) author.socket.send(product.cursor(author.writer))
      await sleep(40)
    }
    for (let i = 0; i < 20; i++) await type()
    const bytes = reader.socket.bytes
    const before = came
    for (let i = 0; i < count; i++) await type()
    await sleep(200)
    must(came - before >= count - 1, `of ${count} keystrokes ${came - before} came`)
    const result = { bytes: (reader.socket.bytes - bytes) / count }
    closeAll([author, reader])
    return result
  })
}

/** What a connection costs that says nothing: heap of the server, after a collection. */
export function idle(product, { clients, documents }) {
  return withServers(product, {}, async (server) => {
    const names = Array.from({ length: documents }, () => product.newDocument())
    const join = (document) => product.join({ port: server.port, document, writer: new product.Writer(document) })
    const members = []
    for (const name of names) members.push(await join(name))
    await sleep(3000)
    const before = await server.memory()
    for (let i = 0; i < clients; i++) members.push(await join(names[i % documents]))
    await sleep(3000)
    const after = await server.memory()
    must(
      members.every(({ socket }) => !socket.isClosed),
      'a connection was lost',
    )
    closeAll(members)
    const held = ({ heapUsed, external }) => heapUsed + external
    return { heap: (held(after) - held(before)) / clients, rss: (after.rss - before.rss) / clients }
  })
}

function historyOf(name) {
  if (name === 'pasted')
    return [[0, 0, 'the words of somebody who writes a lot and often '.repeat(2143).slice(0, 105_000)]]
  const lacks = missing(name)
  if (lacks !== null) throw new Error(lacks)
  return workload(name).edits
}

/** A member of a document that nobody else has opened. */
async function pioneer(product, server) {
  const document = product.newDocument()
  const writer = new product.Writer(document)
  return { document, writer, ...(await product.join({ port: server.port, document, writer })) }
}

/** Brings a whole history, and waits until somebody who joins is given it. */
async function bring(product, server, { document, writer, socket }, edits) {
  for (const frame of writer.framesOfHistory(edits)) {
    socket.send(frame)
    await sleep(100)
  }
  for (;;) {
    const reader = await product.join({ port: server.port, document, writer: null })
    reader.socket.close()
    if (product.openCopy(reader) > 100) return
    await sleep(200)
  }
}

/** What a document costs the server that has it open with one member in it, beyond what an empty one does. */
export function openDocument(product, { history, documents }) {
  return withServers(product, {}, async (server) => {
    const edits = historyOf(history)
    const members = []
    for (let i = 0; i <= documents; i++) members.push(await pioneer(product, server))
    const [first, ...others] = members
    // Once before the first weighing, so that what the code itself takes is weighed both times.
    await bring(product, server, first, edits)
    await sleep(5000)
    const before = await server.memory()
    for (const member of others) await bring(product, server, member, edits)
    await sleep(5000)
    const after = await server.memory()
    closeAll(members)
    const held = ({ heapUsed, external }) => heapUsed + external
    return { bytes: (held(after) - held(before)) / documents }
  })
}

/** Opening a document with a long history: bytes of the answer, and time until it has come, and until its text is there. */
export function joining(product, { history, times }) {
  return withServers(product, {}, async (server) => {
    const author = await pioneer(product, server)
    const { document } = author
    await bring(product, server, author, historyOf(history))
    await sleep(3000)
    const runs = []
    for (let i = 0; i < times; i++) {
      const member = await product.join({ port: server.port, document, writer: null })
      const bytes = member.wireBytes()
      const from = performance.now()
      must(product.openCopy(member) > 100, 'no text')
      const opening = performance.now() - from
      const arrival = member.welcomedAt - member.helloAt
      runs.push({ bytes, arrival, open: arrival + opening })
      member.socket.close()
      await sleep(200)
    }
    author.socket.close()
    return medianOf(runs, 'open')
  })
}

/** Coming back to a long document after others did a hundred edits. */
export function reconnecting(product, { history, missed, times }) {
  return withServers(product, {}, async (server) => {
    const author = await pioneer(product, server)
    const { document } = author
    await bring(product, server, author, historyOf(history))
    const runs = []
    for (let i = 0; i < times; i++) {
      const version = author.writer.remember()
      for (let k = 0; k < missed; k++) author.socket.send(author.writer.type('e'))
      await sleep(500)
      const member = await product.join({ port: server.port, document, writer: null, version })
      const came = member.received.reduce((sum, [, from, to]) => sum + to - from, 0)
      must(came === missed, `of ${missed} missed edits ${came} came`)
      runs.push({ bytes: member.wireBytes(), arrival: member.welcomedAt - member.helloAt })
      member.socket.close()
    }
    author.socket.close()
    return medianOf(runs, 'arrival')
  })
}

function medianOf(runs, field) {
  return [...runs].sort((a, b) => a[field] - b[field])[(runs.length - 1) >> 1]
}

/**
 * kill -9 under load, all clients gone. What had been called stored (or, where nothing is ever called that, had been shown to
 * another client) and is not there after the restart.
 */
export async function killed(product, { clients, rate, seconds, times }) {
  const totals = { promised: 0, missing: 0 }
  for (let time = 0; time < times; time++) {
    const server = await ServerProcess.start(product)
    try {
      const { promised, missing } = await killOnce(product, server, { clients, rate, seconds })
      totals.promised += promised
      totals.missing += missing
    } finally {
      await server.throwAway()
    }
  }
  return { ...totals, promise: product.tellsStored ? 'stored' : 'seen' }
}

async function killOnce(product, server, { clients, rate, seconds }) {
  const document = product.newDocument()
  const timeline = new Timeline()
  const promised = new Map()
  const promise = (id, to) => promised.set(id, Math.max(promised.get(id) ?? 0, to))
  const members = []
  for (let i = 0; i < clients; i++) {
    const writer = new product.Writer(document)
    timeline.addWriter(writer.id)
    const on = product.tellsStored ? { stored: (n) => promise(writer.id, n) } : null
    members.push({ writer, ...(await product.join({ port: server.port, document, writer, on })) })
  }
  const seen = product.tellsStored ? null : { edits: (id, _from, to) => promise(id, to) }
  members.push(await product.join({ port: server.port, document, writer: null, on: seen }))
  const count = Math.floor(rate * seconds * (0.8 + 0.4 * Math.random()))
  const frames = typed(members.slice(0, clients), Math.ceil(count / clients))
  await atRate(rate, count, (k) => members[k % clients].socket.send(frames[k % clients][Math.floor(k / clients)]))
  await server.kill()
  closeAll(members)
  await server.start()
  const reader = await rejoined(product, server, document)
  const there = new Map()
  for (const [id, from, to] of reader.received)
    for (let seq = from; seq < to; seq++) there.set(id, (there.get(id) ?? new Set()).add(seq))
  reader.socket.close()
  const result = { promised: 0, missing: 0 }
  for (const [id, to] of promised) {
    result.promised += to
    for (let seq = 0; seq < to; seq++) if (!there.get(id)?.has(seq)) result.missing++
  }
  return result
}

/** A server that answers before it has loaded the document is given time, and somebody there for whom to load it. */
async function rejoined(product, server, document) {
  const first = await product.join({ port: server.port, document, writer: null })
  await sleep(1500)
  const second = await product.join({ port: server.port, document, writer: null })
  first.socket.close()
  return second
}

/** Two servers of three cut apart while both take edits, healed with nobody typing: until both have everything. */
export async function healed(product, { seconds }) {
  const [here, there] = [await freePort(), await freePort()]
  const link = await Cut.start(there)
  const back = await Cut.start(here)
  const secret = { PEER_SECRET: 'b'.repeat(64) }
  const servers = []
  try {
    servers.push(
      await ServerProcess.start(product, { port: here, env: { ...secret, SERVER_ID: 'a', PEERS: link.url } }),
    )
    servers.push(
      await ServerProcess.start(product, { port: there, env: { ...secret, SERVER_ID: 'b', PEERS: back.url }, core: 1 }),
    )
    return await cutAndHeal(product, servers, [link, back], seconds)
  } finally {
    for (const server of servers) await server.throwAway()
    for (const cut of [link, back]) cut.close()
  }
}

async function cutAndHeal(product, servers, cuts, seconds) {
  const document = product.newDocument()
  const seen = servers.map(() => new Map())
  const members = []
  for (const [i, { port }] of servers.entries()) {
    const writer = new product.Writer(document)
    const edits = (id, from, to) => {
      for (let seq = from; seq < to; seq++) seen[i].set(id, (seen[i].get(id) ?? new Set()).add(seq))
    }
    members.push({ writer, ...(await product.join({ port, document, writer, on: { edits } })) })
    await sleep(1000)
  }
  const type = (i) => members[i].socket.send(members[i].writer.type('e'))
  const typed = [0, 0]
  for (const cut of cuts) cut.cut()
  for (let n = 0; n < seconds * 10; n++) {
    type(n % 2)
    typed[n % 2]++
    await sleep(100)
  }
  const began = performance.now()
  for (const cut of cuts) cut.heal()
  const has = (i) => seen[i].get(members[1 - i].writer.id)?.size === typed[1 - i]
  while (!(has(0) && has(1))) {
    must(performance.now() - began < 60_000, `not equal after 60 s: ${[0, 1].map(has)}`)
    await sleep(5)
  }
  closeAll(members)
  return { seconds: (performance.now() - began) / 1000 }
}
