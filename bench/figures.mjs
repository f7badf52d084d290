/** How figures are written, and the tables they stand in. */

const UNITS = {
  ms: (n) => `${digits(n)} ms`,
  cpu: (n) => `${digits(n)} ms cpu`,
  s: (n) => `${n.toFixed(2)} s`,
  cpuSeconds: (n) => `${n.toFixed(2)} s cpu`,
  mb: (n) => `${digits(n)} MB`,
  bytesPerUpdate: (n) => n.toFixed(1),
}

export const OURS = 'ours'

export const format = (metric, value) => (UNITS[metric] ?? bytes)(value)

export function bytes(n) {
  return n < 10_000 ? `${Math.round(n)} B` : `${(n / 1000).toFixed(1)} kB`
}

function digits(n) {
  return n >= 100 ? n.toFixed(0) : n.toPrecision(3)
}

/** A row's goals: their words, and whether they are met. */
export function goalCells(goals) {
  const verdict = ({ ratio, met }) =>
    `${met === null ? '?' : met ? 'yes' : '**no**'}${ratio === null ? '' : `, ${ratio.toPrecision(2)} ×`}`
  return [goals.map(({ words }) => words).join('; ') || '–', goals.map(verdict).join('; ') || '–']
}

/** A row's title. It says where no library was measured more than once, as others are. */
export function titleOf({ title }, runs) {
  return Math.max(...runs) === 1 ? `${title}; one run` : title
}

export function table(head, rows) {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
