/** Panels side by side on the same logarithmic axes, one line for each workload, as an SVG that is legible on white and on black. */

const WIDTH = 300
const HEIGHT = 320
const GAP = 24
const LEFT = 64
const TOP = 48
const LEGEND = 150

/** Mid tones, apart in hue and in dashes, for both backgrounds. */
const STYLES = [
  ['#3b82d6', ''],
  ['#d9742b', ''],
  ['#2f9e5b', ''],
  ['#c2479b', ''],
  ['#8a6fd1', '6 3'],
  ['#b58a12', '6 3'],
  ['#159aa6', '2 3'],
  ['#d64545', '2 3'],
]

const X = [10, 100, 1_000, 10_000]
const Y = [10, 100, 1_000, 10_000, 100_000]
const scale = (value, ticks, size) =>
  ((Math.log10(value) - Math.log10(ticks[0])) / (Math.log10(ticks.at(-1)) - Math.log10(ticks[0]))) * size
const n = (value) => value.toFixed(1)

/** `panels`: [{ title, lines: [{ title, points: [[length, bytes], …], high }] }], `high` as `points`, drawn thinner. */
export function plot(panels) {
  const width = LEFT + panels.length * (WIDTH + GAP) + LEGEND
  const height = TOP + HEIGHT + 56
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">Mean and 99th percentile of the bytes of a key against the length of the document: ${panels.map(({ title }) => title).join(', ')}</title>
<style>
text { font: 13px system-ui, sans-serif; fill: #666; }
.head { font-weight: 600; font-size: 15px; }
.grid { stroke: #888; stroke-opacity: 0.3; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.high { stroke-width: 0.75; }
@media (prefers-color-scheme: dark) { text { fill: #aaa; } }
</style>
${panels.map(panel).join('\n')}
${legend(panels)}
<text x="16" y="${TOP + HEIGHT / 2}" transform="rotate(-90 16 ${TOP + HEIGHT / 2})" text-anchor="middle">bytes of a key: mean, and thinner the 99th percentile</text>
<text x="${LEFT + (panels.length * (WIDTH + GAP) - GAP) / 2}" y="${TOP + HEIGHT + 44}" text-anchor="middle">characters in the document</text>
</svg>
`
}

function panel({ title, lines }, i) {
  const left = LEFT + i * (WIDTH + GAP)
  const x = (value) => left + scale(value, X, WIDTH)
  const y = (value) => TOP + HEIGHT - scale(Math.max(value, Y[0] / 2), Y, HEIGHT)
  const vertical = X.map(
    (tick) =>
      `<path class="grid" d="M${n(x(tick))} ${TOP}v${HEIGHT}"/><text x="${n(x(tick))}" y="${TOP + HEIGHT + 18}" text-anchor="${anchorOf(tick)}">${label(tick)}</text>`,
  )
  const horizontal = Y.map(
    (tick) =>
      `<path class="grid" d="M${left} ${n(y(tick))}h${WIDTH}"/>${i === 0 ? `<text x="${left - 8}" y="${n(y(tick) + 4)}" text-anchor="end">${label(tick)}</text>` : ''}`,
  )
  const pathOf = (kind, points, k) => {
    if (points.length === 0) return ''
    const [color, dashes] = STYLES[k]
    const path = points.map(([length, bytes], at) => `${at === 0 ? 'M' : 'L'}${n(x(length))} ${n(y(bytes))}`).join('')
    return `<path class="${kind}" stroke="${color}"${dashes && ` stroke-dasharray="${dashes}"`} d="${path}"/>`
  }
  const drawn = lines.flatMap(({ points, high }, k) => [pathOf('line', points, k), pathOf('line high', high, k)])
  return `<text class="head" x="${left}" y="${TOP - 16}">${title}</text>\n${[...vertical, ...horizontal, ...drawn].join('\n')}`
}

/** The outermost labels stay within their panel, away from the next one's. */
function anchorOf(tick) {
  return tick === X[0] ? 'start' : tick === X.at(-1) ? 'end' : 'middle'
}

function legend(panels) {
  const left = LEFT + panels.length * (WIDTH + GAP)
  return panels[0].lines
    .map(({ title }, k) => {
      const [color, dashes] = STYLES[k]
      const y = TOP + 12 + k * 24
      return `<path class="line" stroke="${color}"${dashes && ` stroke-dasharray="${dashes}"`} d="M${left} ${y}h24"/><text x="${left + 32}" y="${y + 4}">${title}</text>`
    })
    .join('\n')
}

const label = (tick) => tick.toLocaleString('en')
