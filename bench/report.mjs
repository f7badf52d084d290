/** How figures are written. */

const UNITS = {
  ms: (n) => `${digits(n)} ms`,
  cpu: (n) => `${digits(n)} ms cpu`,
  cpuSeconds: (n) => `${n.toFixed(2)} s cpu`,
  s: (n) => `${(n).toFixed(2)} s`,
  mb: (n) => `${digits(n)} MB`,
  bytesPerUpdate: (n) => n.toFixed(1),
}
const FIELDS = { s: (value) => value.ms / 1000, cpuSeconds: (value) => value.cpu / 1000 }
const kilo = (n) => (n < 10_000 ? String(Math.round(n)) : `${(n / 1000).toFixed(1)} kB`)

function digits(n) {
  return n >= 100 ? n.toFixed(0) : n.toPrecision(3)
}

export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[(sorted.length - 1) >> 1]
}

/** The median of a metric over the runs that ended well; null if none did. */
export function valueOf(answers, metric) {
  const values = answers.filter((answer) => answer.ok).map(({ value }) => (FIELDS[metric] ?? ((v) => v[metric]))(value))
  return values.length === 0 || values[0] === undefined ? null : median(values)
}

export function figure(answers, metric) {
  const value = valueOf(answers, metric)
  return value === null ? `— (${answers.at(-1).message})` : (UNITS[metric] ?? kilo)(value)
}

export function writeResults() {}
