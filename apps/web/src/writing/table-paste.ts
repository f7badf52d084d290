/** A table from a spreadsheet, as a Markdown table. */

const MAX_CELLS = 20_000

/** Null for what is no table: of one column, or too large to read. Spreadsheets bring cells as text with tabs between them. */
export function markdownTable(text: string): string | null {
  const rows = rowsOf(text)
  const columns = Math.max(...rows.map((row) => row.length))
  if (columns < 2 || rows.length * columns > MAX_CELLS) return null
  const [head = [], ...body] = rows.map((row) => Array.from({ length: columns }, (_, i) => cellText(row[i] ?? '')))
  const widths = head.map((_, i) => Math.max(3, ...[head, ...body].map((row) => (row[i] ?? '').length)))
  const dashes = widths.map((width, i) =>
    dashesFor(
      width,
      body.map((row) => row[i] ?? ''),
    ),
  )
  const lines = [head, dashes, ...body].map((row) => lineOf(row, widths))
  return `${lines.join('\n')}\n`
}

const QUOTED = /"((?:[^"]|"")*)"(?=[\t\n]|$)/y
const PLAIN = /[^\t\n]*/y

/** Cells that hold a line break or a tab stand in quotes, their own quotes twice. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const source = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '')
  const rows: string[][] = [[]]
  for (let at = 0; at <= source.length; at++) {
    const [raw, quoted] = matchAt(QUOTED, source, at) ?? matchAt(PLAIN, source, at) ?? ['', undefined]
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? raw)
    at += raw.length
    if (source[at] === '\n') rows.push([])
  }
  return rows
}

function matchAt(pattern: RegExp, text: string, at: number): readonly [string, string | undefined] | null {
  pattern.lastIndex = at
  const found = pattern.exec(text)
  return found && [found[0], found[1]]
}

function cellText(cell: string): string {
  return cell.trim().replace(/\s+/g, ' ').replaceAll('\\', '\\\\').replaceAll('|', '\\|')
}

const NUMBER = /^[-+]?[\p{Sc}]?\s?\d[\d.,'\s]*\s?[%\p{Sc}]?$/u

/** Columns of numbers stand to the right. */
function dashesFor(width: number, cells: readonly string[]): string {
  const filled = cells.filter((cell) => cell !== '')
  const numbers = filled.length > 0 && filled.every((cell) => NUMBER.test(cell))
  return numbers ? `${'-'.repeat(width - 1)}:` : '-'.repeat(width)
}

function lineOf(cells: readonly string[], widths: readonly number[]): string {
  return `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
}
