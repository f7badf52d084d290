/**
 * The table: the measurement of each row, which of its figures, and what it has to be. `products` names those that are measured
 * where it is not all. Rows with the same measurement share its runs.
 */

const ALL = ['ours', 'hocuspocus', 'y-websocket']
const OURS = ['ours']

const ms = (n) => `${n < 10 ? n.toFixed(2) : n.toFixed(0)} ms`
const perSecond = (n) => `${Math.round(n).toLocaleString('en')}/s`
const megabytes = (n) => `${(n / 1e6).toFixed(n < 1e7 ? 2 : 0)} MB`
const bytes = (n) => (n < 10_000 ? `${n.toFixed(n < 100 ? 1 : 0)} B` : `${(n / 1000).toFixed(1)} kB`)
const count = (n) => n.toLocaleString('en')

const visible = { measure: 'visible', clients: 100, perSecond: 5, seconds: 15 }
const inMesh = { peers: 2, env: { ACK: 'local' } }
const replicated = { peers: 2, env: { ACK: 'replicated' } }
const many = { measure: 'manyDocuments', documents: 1000, perSecond: 1000, seconds: 10 }
const flood = { measure: 'throughput', clients: 50, seconds: 5 }
const durable = { measure: 'durable', clients: 50, window: 200, seconds: 8 }
const killed = { measure: 'killed', clients: 20, rate: 500, seconds: 12, times: 8, once: true }

const noMoreThan = (peer) => ({ peer, atMost: 1 })
const noLessThan = (peer) => ({ peer, atLeast: 1 })
const atMost = (limit) => ({ atMost: limit })
const atLeast = (limit) => ({ atLeast: limit })

export const ROWS = [
  row(
    'visible-p50',
    '100 clients × 5 edits/s in one document, an edit visible at another: p50',
    visible,
    'p50',
    ms,
    ALL,
    [noMoreThan('hocuspocus')],
  ),
  row('visible-p99', 'the same: p99', visible, 'p99', ms, ALL, [noMoreThan('hocuspocus')]),
  row('mesh-p50', 'the same with two peers attached: p50', { ...visible, ...inMesh }, 'p50', ms, OURS, [
    { row: 'visible-p50', peer: 'hocuspocus', atMost: 1 },
  ]),
  row('mesh-p99', 'the same: p99', { ...visible, ...inMesh }, 'p99', ms, OURS, [
    { row: 'visible-p99', peer: 'hocuspocus', atMost: 1 },
  ]),
  row(
    'throughput',
    'most edits/s into one document by 50 clients, p99 under 100 ms',
    flood,
    'editsPerSecond',
    perSecond,
    ALL,
    [noLessThan('hocuspocus'), atLeast(18_210)],
  ),
  row('many-p99', '1,000 documents × 2 clients, 1,000 edits/s in all: p99', many, 'p99', ms, ALL, [atMost(5)]),
  row('many-memory', 'the same: memory of the server', many, 'rss', megabytes, ALL, [atMost(200e6)]),
  row(
    'durable',
    'edits/s into one document that are called stored, 50 clients',
    durable,
    'editsPerSecond',
    perSecond,
    ALL,
    [atLeast(20_000)],
  ),
  row(
    'replicated',
    'the same, stored on two of three servers',
    { ...durable, ...replicated },
    'editsPerSecond',
    perSecond,
    OURS,
  ),
  row(
    'keystroke',
    'bytes at a reader for a keystroke',
    { measure: 'keystroke', count: 200, once: true },
    'bytes',
    bytes,
    ALL,
    [atMost(35)],
  ),
  row(
    'keystroke-cursor',
    'the same with the cursor',
    { measure: 'keystroke', count: 200, cursor: true, once: true },
    'bytes',
    bytes,
    ALL,
    [atMost(100)],
  ),
  row('idle', 'heap of an idle connection', { measure: 'idle', clients: 1000, documents: 10 }, 'heap', bytes, ALL, [
    atMost(13_000),
  ]),
  row(
    'open-pasted',
    'heap of an open document, 105 kB pasted',
    { measure: 'openDocument', history: 'pasted', documents: 20 },
    'bytes',
    megabytes,
    ALL,
    [atMost(0.3e6)],
  ),
  row(
    'open-history',
    'the same with the history of automerge-paper',
    { measure: 'openDocument', history: 'automerge-paper', documents: 5 },
    'bytes',
    megabytes,
    ALL,
    [atMost(1.5e6)],
  ),
  row('join-bytes', 'joining a document made from automerge-paper: bytes', joining(), 'bytes', bytes, ALL, [
    atMost(50_000),
  ]),
  row('join-arrival', 'the same: until it has come', joining(), 'arrival', ms, ALL, []),
  row('join-open', 'the same: until its text is there', joining(), 'open', ms, ALL, [atMost(30)]),
  row('reconnect-bytes', 'coming back to it after 100 missed edits: bytes', reconnecting(), 'bytes', bytes, ALL, [
    atMost(4000),
  ]),
  row('reconnect-arrival', 'the same: until they have come', reconnecting(), 'arrival', ms, ALL, [atMost(20)]),
  row('killed', 'kill -9 under 500 edits/s, eight times: promised edits missing', killed, 'missing', count, ALL, [
    atMost(0),
  ]),
  row(
    'killed-of',
    'the same: of so many (stored; seen by others where nothing is called stored)',
    killed,
    'promised',
    count,
    ALL,
  ),
  row(
    'healed',
    'two servers apart for 30 s, both taking edits; healed with nobody typing: until they are equal',
    { measure: 'healed', seconds: 30, once: true },
    'seconds',
    (n) => `${n.toFixed(2)} s`,
    OURS,
    [atMost(2)],
  ),
]

function joining() {
  return { measure: 'joining', history: 'automerge-paper', times: 11 }
}

function reconnecting() {
  return { measure: 'reconnecting', history: 'automerge-paper', missed: 100, times: 5 }
}

function row(id, title, task, figure, format, products, goals = []) {
  return { id, title, task, figure, format, products, goals }
}
