import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { format, goalCells, OURS, table, titleOf } from './figures.mjs'

/** The figures in the package's README: the whole table of results.json, with the best of the others and yjs. */

const README = fileURLToPath(new URL('../packages/crdt/README.md', import.meta.url))
const RESULTS = fileURLToPath(new URL('results.json', import.meta.url))
const SECTION = /(?<=<!-- Written by `npm run bench`. -->\n).*(?=<!-- End of what it wrote. -->)/s

export function writeReadme() {
  const readme = readFileSync(README, 'utf8')
  writeFileSync(README, withFigures(readme, JSON.parse(readFileSync(RESULTS, 'utf8'))))
}

/** A README whose section of figures is that of these results. */
export function withFigures(readme, results) {
  if (!SECTION.test(readme)) throw new Error('The README has no section for figures')
  return readme.replace(SECTION, () => section(results))
}

function section({ about, rows }) {
  const goals = rows.flatMap(({ goals }) => goals)
  const met = goals.filter((goal) => goal.met).length
  return `
Measured on ${about.date} on ${about.cores} cores (${about.processor}), Node ${about.node}: medians of ${about.runs} runs, where a row does not say
otherwise. ${met} of ${goals.length} goals are met.

${table(['', 'this', 'best other', 'yjs', 'this ÷ best', 'goal', 'met'], rows.map(cells))}

`
}

function cells({ title, metric, figures, goals }) {
  const runs = Object.values(figures).map(({ runs }) => runs.length)
  const [ours, yjs] = [figures[OURS].median, figures.yjs?.median ?? null]
  const best = bestOf(figures)
  return [
    titleOf({ title }, runs),
    written(metric, ours),
    best === null ? '—' : `${format(metric, best.median)} (${best.name})`,
    written(metric, yjs),
    best === null || ours === null ? '' : (ours / best.median).toPrecision(2),
    ...goalCells(goals),
  ]
}

function written(metric, value) {
  return value === null ? '—' : format(metric, value)
}

function bestOf(figures) {
  const others = Object.entries(figures)
    .filter(([name, { median }]) => name !== OURS && median !== null)
    .map(([name, { median }]) => ({ name, median }))
  return others.sort((a, b) => a.median - b.median)[0] ?? null
}
