/**
 * The table: which measurement stands in which row, what of its answer, and what it has to be. `measure` is a function of
 * measurements.mjs; `prepare` another that runs before it, once for each library, and leaves files for it. Rows that name the
 * same measurement share its runs.
 *
 * A goal is a limit on our figure: `peer` times `atMost`, or `atMost` alone; or a function of all our answers.
 */

const paper = { workload: 'automerge-paper' }
const updatesOf = (workload) => ({ measure: 'prepareUpdates', workload })
const stateOf = (workload, times = 1) => ({ measure: 'prepareState', workload, times })

const localOf = (workload) => ({ measure: 'local', workload })
const remoteOf = (workload) => ({ measure: 'remote', workload, prepare: updatesOf(workload) })
const silently = (workload) => ({ ...remoteOf(workload), answers: false })
const times = (peer, atMost) => ({ peer, atMost })
const atMost = (limit) => ({ peer: null, atMost: limit })
const best = (limit) => ({ peer: 'best', atMost: limit })

export const ROWS = [
  row('local', '259,778 local edits, no listener', localOf('automerge-paper'), 'ms', [times('diamond-types', 1)]),
  row('updates', 'the same, an update in bytes made and kept for each', { measure: 'localUpdates', ...paper }, 'ms', [
    times('json-joy', 0.5),
  ]),
  row('update-bytes', 'bytes per such update, average', { measure: 'localUpdates', ...paper }, 'bytesPerUpdate', [
    atMost(12),
  ]),
  row(
    'remote',
    'those updates applied one by one, each answering the index changes',
    remoteOf('automerge-paper'),
    'ms',
    [times('json-joy', 0.4)],
  ),
  row('remote-silent', 'the same, nobody asking what changed', silently('automerge-paper'), 'ms', [
    times('json-joy', 0.4),
  ]),
  row(
    'merged',
    'the same as one merged update',
    { measure: 'merged', ...paper, prepare: updatesOf('automerge-paper') },
    'ms',
    [times('list-positions', 0.1)],
  ),
  row(
    'saved',
    'saved state as stored (deflated where the format is not compressed itself)',
    { measure: 'saved', ...paper },
    'stored',
    [atMost(46_000)],
  ),
  row('saved-raw', 'saved state, raw', { measure: 'saved', ...paper }, 'raw', [atMost(135_000)]),
  row('saved-brotli', 'saved state, brotli', { measure: 'saved', ...paper }, 'brotli', []),
  row('load-cold', 'load that state, text out, first edit; first time in a process', stateRow('loadCold'), 'ms', [
    atMost(8),
  ]),
  row('load-warm', 'the same, warm', stateRow('loadWarm'), 'ms', [atMost(3)]),
  row('memory', 'memory of the loaded document after one edit', stateRow('memory'), 'mb', [atMost(1.5)]),
  row('rustcode-local', 'rustcode: local', localOf('rustcode'), 'ms', [times('diamond-types', 0.6)]),
  row('rustcode-remote', 'rustcode: remote, one by one', remoteOf('rustcode'), 'ms', [times('json-joy', 0.3)]),
  row('blog-local', 'seph-blog1: local', localOf('seph-blog1'), 'ms', []),
  row('blog-remote', 'seph-blog1: remote, one by one', remoteOf('seph-blog1'), 'ms', []),
  row('prepends', '6,000 prepends, local', localOf('prepends'), 'ms', [times('diamond-types', 1)]),
  row('random-local', '100,000 random inserts: local', localOf('random-inserts'), 'ms', [times('diamond-types', 1.5)]),
  row('random-remote', '100,000 random inserts: remote', remoteOf('random-inserts'), 'ms', [
    times('diamond-types', 0.6),
  ]),
  row(
    'large-local',
    '100,000 random inserts and deletes in a 1,000,000-character document: local',
    localOf('random-in-large'),
    'ms',
    [times('diamond-types', 1.5)],
  ),
  row('large-remote', 'the same: remote', remoteOf('random-in-large'), 'ms', [times('diamond-types', 0.6)]),
  row(
    'replicas-1000',
    '1,000 replicas insert 100 characters each at index 0 at once; merged one by one',
    replicasRow(1000),
    'ms',
    [],
  ),
  row('replicas-2000', '2,000 replicas', replicasRow(2000), 'ms', [{ row: 'replicas-1000', atMost: 2.5 }]),
  row(
    'forked',
    'two replicas apart for 100,000 edits each, then merged',
    { measure: 'forked', prepare: { measure: 'prepareForked' } },
    'ms',
    [best(0.5)],
  ),
  row('x100', 'automerge-paper 100 times over (18.2 M inserts): local', manyRow(), 's', [atMost(15)]),
  row('x100-memory', 'the same: memory held', manyRow(), 'mb', [atMost(250)]),
  row(
    'x100-load',
    'the same: load, text out, first edit',
    { measure: 'loadCold', prepare: stateOf('automerge-paper', 100) },
    's',
    [atMost(1)],
  ),
  row('reconnect', 'reconnect after missing 100 edits: bytes both ways', { measure: 'reconnect', ...paper }, 'bytes', [
    { of: (answer) => 2 * answer.missed + 1000, says: '≤ 2 × the missed updates + 1 kB' },
  ]),
  row(
    'churn',
    '1,000,000 random inserts and deletes that keep a document at 10 kB: state, raw',
    { measure: 'churn', workload: 'churn' },
    'raw',
    [{ of: (answer) => 3 * answer.fresh + 4 * answer.pieces, says: '≤ 3 × fresh + 4 bytes a living piece' }],
  ),
  row('bundle', 'bundle (esbuild, minified, gzip; WASM gzipped included)', { measure: 'bundle' }, 'gzip', [
    atMost(10_000),
  ]),
]

function row(id, title, task, metric, goals) {
  return { id, title, task, metric, goals }
}

function stateRow(measure) {
  return { measure, ...paper, prepare: stateOf('automerge-paper') }
}

function replicasRow(replicas) {
  return { measure: 'replicas', replicas, prepare: { measure: 'prepareReplicas', replicas } }
}

function manyRow() {
  return { measure: 'manyTimes', ...paper, times: 100 }
}
