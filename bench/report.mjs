import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { bytes, format, goalCells, OURS, table, titleOf } from './figures.mjs'
import { ofSources } from './origin.mjs'

/** Medians, what they come to beside the goals, and the page on which they stand. */

const FIELDS = { s: (value) => value.ms / 1000, cpuSeconds: (value) => value.cpu / 1000 }

const fieldOf = (metric) => FIELDS[metric] ?? ((value) => value[metric])

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1]
}

/** The median of a metric over the runs that ended well; null if none did. */
export function medianOf(answers, metric) {
  const values = answers.filter((answer) => answer.ok).map(({ value }) => fieldOf(metric)(value))
  return values.length === 0 || values[0] === undefined ? null : median(values)
}

export function figure(answers, metric) {
  const value = medianOf(answers, metric)
  return value === null ? `— (${answers.at(-1).message})` : format(metric, value)
}

/** What a row's goal comes to: its words, what we are measured by it, and whether that will do (null: cannot be said). */
function judge(goal, row, answersOf, rows) {
  const ours = medianOf(answersOf(row).get(OURS), row.metric)
  if (goal.of) {
    const answer = answersOf(row)
      .get(OURS)
      .find(({ ok }) => ok)
    const limit = answer ? goal.of(answer.value) : null
    return { words: `${goal.says}${limit === null ? '' : ` = ${bytes(limit)}`}`, ...within(ours, limit, null) }
  }
  if (goal.row) {
    const other = rows.find(({ id }) => id === goal.row)
    const base = other ? medianOf(answersOf(other).get(OURS), other.metric) : null
    return { words: `≤ ${goal.atMost} × ${other?.short ?? goal.row}`, ...within(ours, base, goal.atMost) }
  }
  if (goal.peer === null) return { words: `≤ ${format(row.metric, goal.atMost)}`, ...within(ours, goal.atMost, null) }
  const name = goal.peer === 'best' ? bestPeer(row, answersOf)?.name : goal.peer
  const peer = name && answersOf(row).has(name) ? medianOf(answersOf(row).get(name), row.metric) : null
  return {
    words: `≤ ${goal.atMost} × ${goal.peer === 'best' ? 'the best peer' : goal.peer}`,
    ...within(ours, peer, goal.atMost),
  }
}

function within(ours, base, times) {
  if (ours === null || base === null) return { ratio: null, met: null }
  return times === null ? { ratio: null, met: ours <= base } : { ratio: ours / base, met: ours <= base * times }
}

function bestPeer(row, answersOf) {
  const peers = [...answersOf(row)]
    .filter(([name]) => name !== OURS)
    .map(([name, answers]) => ({ name, value: medianOf(answers, row.metric) }))
    .filter(({ value }) => value !== null)
  return peers.sort((a, b) => a.value - b.value)[0]
}

export function writeResults(folder, { rows, libraries, runs, answersOf, began, command, sources }) {
  const about = {
    ...machine(),
    date: began.toISOString().slice(0, 10),
    began: began.toISOString(),
    command,
    sources,
    runs,
    packages: versions(libraries),
  }
  const judged = rows.map((row) => ({ row, goals: row.goals.map((goal) => judge(goal, row, answersOf, rows)) }))
  writeFileSync(`${folder}/results.md`, markdown(about, judged, libraries, answersOf))
  writeFileSync(
    `${folder}/results.json`,
    `${JSON.stringify({ about, rows: judged.map((entry) => plain(entry, answersOf)) }, null, 1)}\n`,
  )
}

export function machine() {
  const [cpu] = cpus()
  return {
    cores: availableParallelism(),
    processor: cpu?.model.trim() || process.arch,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    load: loadavg().map((n) => Number(n.toFixed(1))),
  }
}

function versions(libraries) {
  return Object.fromEntries(libraries.flatMap(({ packages }) => packages).map((name) => [name, versionOf(name)]))
}

export function versionOf(name) {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`node_modules/${name}/package.json`, import.meta.url)))).version
}

function plain({ row, goals }, answersOf) {
  const figures = [...answersOf(row)].map(([name, answers]) => [
    name,
    {
      median: medianOf(answers, row.metric),
      runs: answers.map((answer) => (answer.ok ? answer.value : answer.message)),
    },
  ])
  return { id: row.id, title: row.title, metric: row.metric, figures: Object.fromEntries(figures), goals }
}

function markdown(about, judged, libraries, answersOf) {
  const measured = libraries.filter(({ sizeOnly }) => !sizeOnly)
  const sizes = libraries.filter(({ sizeOnly }) => sizeOnly)
  const head = [
    'workload',
    ...measured.map(({ id, title }) => (id === OURS ? `**${title}**` : title)),
    'ours ÷ best peer',
    'goal',
    'met',
  ]
  const remarks = []
  const lines = judged.map(({ row, goals }) => {
    const answers = answersOf(row)
    const cells = measured.map(({ id }) => cell(answers.get(id), row, remarks, `${id}, ${row.id}`))
    const best = bestPeer(row, answersOf)
    const ours = medianOf(answers.get(OURS), row.metric)
    const beside = best && ours !== null ? `${(ours / best.value).toPrecision(2)} (${best.name})` : ''
    const runs = [...answers.values()].map((each) => each.length)
    return [titleOf(row, runs), ...cells, beside, ...goalCells(goals)]
  })
  const bundle = judged.find(({ row }) => row.id === 'bundle')?.row
  return `# Results

Measured on ${about.date} by \`${about.command}\`${ofSources(about.sources)}: each figure in a process of its own, the libraries in turn, medians of ${about.runs}
where a row does not say otherwise.
${about.cores} cores (${about.processor}), ${about.memory}, ${about.system}, Node ${about.node}; load average ${about.load.join(', ')} at the end.
${Object.entries(about.packages)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')}.

${table(head, lines)}
${bundle && sizes.length > 0 ? `\nBundles of libraries that are measured for their size only: ${sizes.map(({ id, title }) => `${title} ${figure(answersOf(bundle).get(id), bundle.metric)}`).join(', ')}.\n` : ''}
${remarks.length > 0 ? `\nWhere a dash stands: ${remarks.join('; ')}.\n` : ''}
${parts(judged, measured, answersOf)}
${readFileSync(fileURLToPath(new URL('notes.md', import.meta.url)), 'utf8')}`.replace(/\n{3,}/g, '\n\n')
}

function cell(answers, row, remarks, where) {
  const value = medianOf(answers, row.metric)
  if (value !== null) return format(row.metric, value)
  remarks.push(`${where}: ${answers.at(-1).message}`)
  return '—'
}

/** What the first load is made of. */
function parts(judged, libraries, answersOf) {
  const row = judged.find(({ row }) => row.id === 'load-cold')?.row
  if (!row) return ''
  const each = ({ id, title }) =>
    `${title} ${['inflate', 'load', 'text', 'edit'].map((part) => medianOf(answersOf(row).get(id), part)?.toFixed(1) ?? '—').join(' + ')}`
  return `The first load in milliseconds, as inflating + loading + text + first edit: ${libraries.map(each).join('; ')}.\n`
}
