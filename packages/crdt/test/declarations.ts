import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One exported name as the compiler declares it: line by line, for there is no parser to read it with. */
export interface Declaration {
  readonly name: string
  /** The file's lines, the declaration at `from` to `to`. */
  readonly lines: readonly string[]
  readonly from: number
  readonly to: number
}

const doors = ['index.d.ts', 'bytes.d.ts']

/** What the doors of a package export, in their order; what both export, once. */
export function declarationsIn(types: string): readonly Declaration[] {
  const found = new Map<string, Declaration>()
  for (const door of doors) {
    for (const [, list = '', file] of read(types, door).matchAll(
      /^export (?:type )?\{([^}]*)\} from '\.\/(.*)\.ts';$/gm,
    )) {
      const lines = read(types, `${file}.d.ts`).split('\n')
      for (const entry of list.split(',').filter((entry) => entry.trim() !== '')) {
        const name = entry.replace('type ', '').trim()
        if (!found.has(name)) found.set(name, declaration(name, lines))
      }
    }
  }
  return [...found.values()]
}

function read(types: string, file: string): string {
  return readFileSync(join(types, file), 'utf8')
}

function declaration(name: string, lines: readonly string[]): Declaration {
  const start = new RegExp(`^export (declare )?(class|const|function|interface|type) ${name}\\b`)
  const from = lines.findIndex((line) => start.test(line))
  if (from < 0) throw new Error(`Where is ${name} declared?`)
  const length = lines.slice(from + 1).findIndex((line) => !/^[ }]/.test(line))
  return { name, lines, from, to: from + 1 + length }
}

/** The names without a comment: `Doc`, `Doc.edit`. */
export function undocumented({ name, lines, from, to }: Declaration): readonly string[] {
  const bare = (at: number): boolean => !lines[at - 1]?.endsWith('*/')
  const members: string[] = []
  if (/\b(class|interface)\b/.test(lines[from] ?? '')) {
    for (let at = from + 1; at < to; at++) {
      const member = /^ {4}(?!private\b)(?:(?:readonly|static|get) )*(\w+)/.exec(lines[at] ?? '')?.[1]
      if (member !== undefined && bare(at)) members.push(`${name}.${member}`)
    }
  }
  return bare(from) ? [name, ...members] : members
}

/** What the compiler makes of a declaration: neither its comments nor what is private. */
export function signature({ lines, from, to }: Declaration): string {
  return lines
    .slice(from, to)
    .filter((line) => !/^ *(\/\*\*|\*|private\b)/.test(line))
    .join('\n')
}

/** The functions, methods and getters that do not say what they cost, and whose class does not say it of all. */
export function unpriced({ name, lines, from, to }: Declaration): readonly string[] {
  const hasCost = (at: number): boolean => commentAbove(lines, at).includes('O(')
  if (hasCost(from)) return []
  if (/\bfunction\b/.test(lines[from] ?? '')) return [name]
  const members: string[] = []
  for (let at = from + 1; at < to; at++) {
    const member = /^ {4}(?:static |get )?(\w+)(?:<\w+>)?\(/.exec(lines[at] ?? '')?.[1]
    if (member !== undefined && !hasCost(at)) members.push(`${name}.${member}`)
  }
  return members
}

function commentAbove(lines: readonly string[], at: number): string {
  const above = lines.slice(0, at)
  return above.slice(above.findLastIndex((line) => line.trimStart().startsWith('/**'))).join('\n')
}
