import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { LIBRARIES } from './keys.mjs'
import { commandOf, ofSources, sources } from './origin.mjs'
import { plot } from './plot.mjs'
import { machine, versionOf } from './report.mjs'

/** How keys grow: `npm run bench -- --keys` writes key-growth.md and key-growth.svg beside it. Takes three minutes. */

/** A library that takes longer than this for a document is given up. */
const LIMIT_MS = 60_000
const LENGTH = 10_000
const WORKLOADS = [
  'append',
  'prepend',
  'middle',
  'fixed point',
  'newest on top',
  'chat in turn',
  'random',
  'nested brackets',
]
/** Every pair costs a level: a document of 10,000 characters would have keys of 5,000. */
const lengthOf = (workload) => (workload === 'nested brackets' ? 2_000 : LENGTH)

function grow(library, workload) {
  return new Promise((resolve) => {
    const samples = []
    let whole = null
    const child = fork(here('key-task.mjs'), { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const timer = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS)
    child.on('message', (message) => {
      if (message.length) samples.push(message)
      else whole = message.whole
    })
    child.on('close', () => {
      clearTimeout(timer)
      resolve({ samples, whole, end: samples.at(-1) ?? null })
    })
    child.send({ library, workload, most: lengthOf(workload) })
  })
}

const here = (name) => fileURLToPath(new URL(name, import.meta.url))
const began = new Date()
const measured = sources()
const grown = []
for (const workload of WORKLOADS) {
  const results = []
  for (const { id } of LIBRARIES) results.push(await grow(id, workload))
  grown.push({ workload, results })
  console.log(rowOf({ workload, results }).join('   '))
}

function three({ median, high, most }) {
  return `${median} / ${high} / ${most}`
}

function meanAndMost({ mean, most }) {
  return `${mean.toFixed(1)} / ${most}`
}

/** Where a library gave up on the way, what it had got to. */
function cells({ end, whole }) {
  if (end === null) return ['—', '—']
  const mark = whole === null ? ` (at ${end.length.toLocaleString('en')}) †` : whole ? '' : ' *'
  return [three(end.depth) + mark, three(end.bytes) + mark]
}

function rowOf({ workload, results }) {
  return [workload, lengthOf(workload).toLocaleString('en'), ...results.flatMap(cells)]
}

const line = (columns) => `| ${columns.join(' | ')} |`
const head = ['workload', 'characters', ...LIBRARIES.flatMap(({ title }) => [`${title}: levels`, `${title}: bytes`])]
const rows = grown.map(rowOf)
const broken = grown.some(({ results }) => results.some(({ whole }) => whole === false))
const stopped = grown.some(({ results }) => results.some(({ whole }) => whole === null))

/** Table 4 ("LSEQ setup") of the README of https://github.com/Chat-Wane/LSEQ, the authors' framework: levels, bits of digits. */
const PAPER = [
  ['prepend ("front")', 10.62, 12, 105.5, 126, 'prepend'],
  ['append ("queue")', 12.02, 13, 128.3, 143, 'append'],
  ['random', 4.5, 10, 31.23, 95, 'random'],
]
const paperHead = [
  '10,000 insertions',
  'LSEQ: levels, mean / max',
  'LSEQ: bytes of digits, mean / max',
  ...LIBRARIES.flatMap(({ title }) => [`${title}: levels, mean / max`, `${title}: bytes of the key, mean / max`]),
]
const paperRows = PAPER.map(([title, mean, most, bits, mostBits, name]) => {
  const { results } = grown.find(({ workload }) => workload === name)
  const meansAndMosts = results.flatMap(({ end }) => (end ? [end.depth, end.bytes].map(meanAndMost) : ['—', '—']))
  return [title, `${mean} / ${most}`, `${(bits / 8).toFixed(1)} / ${(mostBits / 8).toFixed(1)}`, ...meansAndMosts]
})
const { cores, processor, memory, system, node } = machine()
const packages = LIBRARIES.map(({ id, title }) => `${title} ${versionOf(id === 'ours' ? '@manyhands/crdt' : id)}`)
const table = (head, rows) => [head, head.map(() => '---'), ...rows].map(line).join('\n')

writeFileSync(
  here('key-growth.md'),
  `# How keys grow

Measured on ${began.toISOString().slice(0, 10)} by \`${commandOf('bench')}\`${ofSources(measured)}. ${cores} cores (${processor}), ${memory}, ${system}, Node ${node}; ${packages.join(', ')}.

Levels of the key's path and bytes of the key, over all characters of the document at the end: median / 99th percentile / maximum.
Characters are inserted one at a time, brackets in pairs.

${table(head, rows)}
${broken ? '\n\\* The replicas do not have the text that was typed.\n' : ''}${stopped ? `\n† Did not get further within ${LIMIT_MS / 1000} seconds.\n` : ''}
Bytes are of a key that stands alone, counted by one rule for all three: numbers as varints, each replica on the path once (6 bytes;
dotted-logootsplit's have 4), digits in the bits of their arena. In documents and updates our keys share
their paths: the saved state of automerge-paper takes 1.2 bytes a character, the character included.

- *append*, *prepend*: one person, always at the end, at the start. *fixed point*: always at index 100. *middle*: always at half the length, which is
  to the left and to the right of the last character in turn: each key has to go between the two that were made last.
- *newest on top*: two people in turn put a line of 20 characters above all others. *chat in turn*: two people append one character each, in turn.
- *nested brackets*: a pair of brackets, then a pair inside it, and so on. Going inside a run costs one
  level each time: this and *middle* are the worst that can be done to our keys.

## Beside the LSEQ paper

Nédelec, Molli, Mostéfaoui, Desmontils: *LSEQ: an Adaptive Structure for Sequences in Distributed Collaborative Editing* (DocEng 2013) claims a
size that grows sub-linearly on average, however one edits. The figures are those of table 4 in the README of the authors'
[framework](https://github.com/Chat-Wane/LSEQ) (random strategy choice, base 2^(4+depth), boundary 10); its bytes are the digits alone, without
the site and the counter that each level needs besides. The other bytes are of whole keys, as above.

${table(paperHead, paperRows)}

![Bytes of a key against the length of the document, on logarithmic axes: the mean, and thinner the 99th percentile](key-growth.svg)
`,
)
writeFileSync(
  here('key-growth.svg'),
  plot(
    LIBRARIES.map(({ title }, i) => ({
      title,
      lines: grown.map(({ workload, results }) => ({
        title: workload,
        points: results[i].samples.map(({ length, bytes }) => [length, bytes.mean]),
        high: results[i].samples.map(({ length, bytes }) => [length, bytes.high]),
      })),
    })),
  ),
)
