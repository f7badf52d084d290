import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { ofSources } from '../origin.mjs'
import { medianOf } from '../server/report.mjs'

/** How the results are written down. */

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const PACKAGES = ['y-codemirror.next', 'y-websocket', '@y/websocket-server', 'yjs']
const TITLES = { ours: '**Manyhands**', 'y-websocket': 'y-codemirror.next' }
/** Chunks below this are counted, not named. */
const SMALL = 5000

export function writeResults({ rows, answersOf, products, began, command, sources, runs, quick, browser }) {
  const about = {
    date: began.toISOString(),
    minutes: Number(((Date.now() - began) / 60_000).toFixed(1)),
    command,
    sources,
    quick,
    runs,
    browser,
    processor: cpus()[0]?.model.trim() || process.arch,
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    load: loadavg().map((n) => Number(n.toFixed(1))),
    packages: Object.fromEntries(PACKAGES.map((name) => [name, versionOf(name)])),
  }
  const plain = rows.map((row) => ({
    id: row.id,
    title: row.title,
    figures: Object.fromEntries(
      products.map((name) => [
        name,
        {
          median: medianOf(answersOf(row).get(name), row.figure),
          runs: valuesOf(answersOf(row).get(name), row.figure),
        },
      ]),
    ),
  }))
  const chunks =
    answersOf(rows[0])
      .get('ours')
      ?.find(({ ok }) => ok)?.value.chunks ?? []
  writeFileSync(here('../web-results.json'), `${JSON.stringify({ about, rows: plain, chunks }, null, 1)}\n`)
  writeFileSync(here('../web-results.md'), markdown(about, { rows, answersOf, products, chunks }))
}

function valuesOf(runs, figure) {
  return (runs ?? []).map((run) => (run.ok ? run.value[figure] : run.message.split('\n')[0]))
}

function versionOf(name) {
  return JSON.parse(readFileSync(here(`node_modules/${name}/package.json`), 'utf8')).version
}

function markdown(about, { rows, answersOf, products, chunks }) {
  const remarks = new Set()
  const lines = rows.map((row) => {
    const answers = answersOf(row)
    const cells = products.map((name) => cell(row, answers.get(name), name, remarks))
    const { words, met } = judge(row, answers.get('ours'))
    return [row.title, ...cells, ratio(row, answers), words, met]
  })
  const head = ['what', ...products.map((name) => TITLES[name]), 'ours ÷ theirs', 'goal', 'met']
  const line = (cells) => `| ${cells.join(' | ')} |`
  const quickly = about.quick
    ? '\n**A quick run: too short to be a result. It shows that everything can be measured, and about where it lies.**\n'
    : ''
  return `# The page, measured
${quickly}
Measured on ${about.date.slice(0, 10)} by \`${about.command}\`${ofSources(about.sources)} in ${about.minutes} minutes; medians of ${about.runs} runs, the pages in turn.
${about.browser}, headless, ${about.cores} cores (${about.processor}), ${about.memory}, ${about.system}, Node ${about.node}; load average
${about.load.join(', ')} at the end. ${Object.entries(about.packages)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}.

${line(head)}
${line(head.map(() => '---'))}
${lines.map(line).join('\n')}
${remarks.size > 0 ? `\nWhere a dash stands: ${[...remarks].join('; ')}.\n` : ''}
${loadedLater(chunks)}
${readFileSync(here('notes.md'), 'utf8')}`
}

function loadedLater(chunks) {
  const large = chunks.filter(({ bytes }) => bytes >= SMALL)
  const small = chunks.filter(({ bytes }) => bytes < SMALL)
  const rows = large.map(({ name, bytes }) => `| ${name} | ${(bytes / 1000).toFixed(1)} kB |`).join('\n')
  const rest = small.reduce((sum, { bytes }) => sum + bytes, 0)
  return `## Loaded later, if ever

| chunk | gzip |
| --- | --- |
${rows}
| ${small.length} more | ${(rest / 1000).toFixed(1)} kB |

Those called \`dist\` are languages of CodeMirror.
`
}

function cell(row, runs, name, remarks) {
  const median = medianOf(runs, row.figure)
  if (median !== null) return row.format(median)
  const last = runs?.at(-1)
  if (last) remarks.add(`${name}, ${row.id}: ${last.message.split('\n')[0]}`)
  return '—'
}

function ratio(row, answers) {
  const mine = medianOf(answers.get('ours'), row.figure)
  const theirs = medianOf(answers.get('y-websocket'), row.figure)
  return mine === null || !theirs || theirs < 0 ? '' : (mine / theirs).toPrecision(2)
}

function judge(row, runs) {
  if (row.atMost === null) return { words: '', met: '' }
  const isFigure = typeof row.atMost === 'object'
  const limit = isFigure ? medianOf(runs, row.atMost.figure) : row.atMost
  const words = isFigure ? '≤ the text’s' : `≤ ${row.format(limit)}`
  const mine = medianOf(runs, row.figure)
  return { words, met: mine === null || limit === null ? '?' : mine <= limit ? 'yes' : '**no**' }
}
