import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, tmpdir, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { ofSources } from '../origin.mjs'
import { syncMilliseconds } from './disk.mjs'

/** How the results are written down. */

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const OURS = 'ours'
const TITLES = { ours: 'Manyhands', hocuspocus: 'Hocuspocus', 'y-websocket': 'y-websocket-server' }
const PACKAGES = ['@hocuspocus/server', '@y/websocket-server', 'yjs']

/** The median of a figure over the runs that ended well; null if none did. */
export function medianOf(runs, figure) {
  const values = (runs ?? []).filter(({ ok }) => ok).map(({ value }) => value[figure])
  if (values.length === 0 || values[0] === undefined) return null
  return values.sort((a, b) => a - b)[(values.length - 1) >> 1]
}

export function writeResults({ rows, products, answersOf, began, command, sources, runs, isPinned }) {
  const about = {
    date: began.toISOString(),
    command,
    sources,
    runs,
    pinned: isPinned,
    processor: cpus()[0]?.model.trim() || process.arch,
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    syncMs: syncMilliseconds(process.env.BENCH_DIR ?? tmpdir()),
    load: loadavg().map((n) => Number(n.toFixed(1))),
    packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  }
  const context = { rows, products, answersOf }
  const plain = rows.map((row) => ({
    id: row.id,
    title: row.title,
    figure: row.figure,
    figures: Object.fromEntries(
      [...answersOf(row)].map(([name, runs]) => [
        name,
        {
          median: medianOf(runs, row.figure),
          runs: runs.map((run) => (run.ok ? run.value : run.message)),
        },
      ]),
    ),
  }))
  writeFileSync(here('../server-results.json'), `${JSON.stringify({ about, rows: plain }, null, 1)}\n`)
  writeFileSync(here('../server-results.md'), markdown(about, context))
}

function versionOf(name) {
  return JSON.parse(readFileSync(here(`node_modules/${name}/package.json`), 'utf8')).version
}

function markdown(about, { rows, products, answersOf }) {
  const remarks = new Set()
  const lines = rows.map((row) => {
    const answers = answersOf(row)
    const cells = products.map((name) => cell(row, answers.get(name), name, remarks))
    const goals = row.goals.map((goal) => judge(goal, row, rows, answersOf))
    return [
      row.title,
      ...cells,
      ratio(row, answers),
      ...['words', 'met'].map((part) => goals.map((g) => g[part]).join('; ')),
    ]
  })
  const head = [
    'what',
    ...products.map((name) => (name === OURS ? `**${TITLES[name]}**` : TITLES[name])),
    'ours ÷ Hocuspocus',
    'goal',
    'met',
  ]
  const line = (cells) => `| ${cells.join(' | ')} |`
  const cores = about.pinned
    ? 'The measured server has one core, with all of its threads; the load, and the peers of a mesh, which stand for other machines, have another.'
    : 'Nothing was pinned to a core: this system has no taskset, or one core only.'
  return `# The server, measured

Measured on ${about.date.slice(0, 10)} by \`${about.command}\`${ofSources(about.sources)}; medians of ${about.runs} runs, the servers in turn.
${about.cores} cores (${about.processor}), ${about.memory}, ${about.system}, Node ${about.node}; load average ${about.load.join(', ')} at the end.
A write of 4 kB and its fsync take ${about.syncMs.toFixed(2)} ms on this disk. ${Object.entries(about.packages)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}.

${line(head)}
${line(head.map(() => '---'))}
${lines.map(line).join('\n')}
${remarks.size > 0 ? `\nWhere a dash stands: ${[...remarks].join('; ')}.\n` : ''}
${readFileSync(here('notes.md'), 'utf8').replace('CORES', cores)}`
}

function cell(row, runs, name, remarks) {
  const median = medianOf(runs, row.figure)
  if (median !== null) return row.format(median)
  const last = runs?.at(-1)
  if (last) remarks.add(`${TITLES[name]}, ${row.id}: ${last.ok ? last.value.none : last.message.split('\n')[0]}`)
  return '—'
}

function ratio(row, answers) {
  const mine = medianOf(answers.get(OURS), row.figure)
  const theirs = medianOf(answers.get('hocuspocus'), row.figure)
  return mine === null || !theirs ? '' : (mine / theirs).toPrecision(2)
}

/** A goal in words, and whether it is met; a goal with a peer is a multiple of that peer's figure in this run. */
function judge(goal, row, rows, answersOf) {
  const other = goal.row ? rows.find(({ id }) => id === goal.row) : row
  const base = goal.peer === undefined ? 1 : medianOf(answersOf(other).get(goal.peer), other.figure)
  const sign = goal.atMost === undefined ? '≥' : '≤'
  const limit = goal.atMost ?? goal.atLeast
  const words = goal.peer === undefined ? `${sign} ${row.format(limit)}` : `${sign} ${TITLES[goal.peer]}`
  const mine = medianOf(answersOf(row).get(OURS), row.figure)
  if (mine === null || base === null) return { words, met: '?' }
  const isMet = goal.atMost === undefined ? mine >= limit * base : mine <= limit * base
  return { words, met: isMet ? 'yes' : '**no**' }
}
