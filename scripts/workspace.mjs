/** This clone of the repository: what is installed in it, what is built, and how to run a tool there. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
/** Lives and dies with node_modules: what is in here was made by what is installed. */
export const cache = join(root, 'node_modules/.cache/manyhands')
export const serverMain = join(root, 'apps/server/dist/main.js')
export const acceptLossMain = join(root, 'apps/server/dist/accept-loss.js')
/** Node's own options for a server (docs/decisions/0029); `npm start` and the image name them too. */
export const serverOptions = ['--max-semi-space-size=4']

/** @typedef {{ readonly passed: number, readonly failed: number, readonly skipped: number }} Counts */
/** @typedef {{ readonly command: string, readonly args: readonly string[] }} Tool */
/** @typedef {{ readonly cwd?: string, readonly env?: Record<string, string>, readonly loud?: boolean,
 *   readonly signal?: AbortSignal }} RunOptions */
/** @typedef {{ readonly ok: boolean, readonly output: string, readonly seconds: number }} Ran */

/** @param {string} path @returns {any} */
export const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** Was this script started by hand, rather than imported by another? @param {string} url */
export const isMain = (url) => process.argv[1] === fileURLToPath(url)

/** A program of an installed package, run by this very Node: no shell, no .cmd files.
 * @param {string} name @param {string} program @param {...string} args @returns {Tool} */
export function tool(name, program, ...args) {
  const folder = join(root, 'node_modules', name)
  const { bin } = readJson(join(folder, 'package.json'))
  return { command: process.execPath, args: [join(folder, typeof bin === 'string' ? bin : bin[program]), ...args] }
}

/** The npm that started us, or else the one on the path. @param {...string} args @returns {Tool} */
export function npm(...args) {
  const itself = process.env.npm_execpath
  return itself?.endsWith('npm-cli.js')
    ? { command: process.execPath, args: [itself, ...args] }
    : { command: 'npm', args }
}

/** Runs a tool to its end. Loud tools write to our terminal; of the others the output is kept.
 * @param {Tool} tool @param {RunOptions} [options] @returns {Promise<Ran>} */
export function run({ command, args }, { cwd = root, env = {}, loud = false, signal } = {}) {
  const began = performance.now()
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: loud ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    ...(signal && { signal }),
    shell: command === 'npm' && process.platform === 'win32',
  })
  /** @type {Buffer[]} */
  const chunks = []
  child.stdout?.on('data', (chunk) => chunks.push(chunk))
  child.stderr?.on('data', (chunk) => chunks.push(chunk))
  return new Promise((resolve) => {
    /** @param {boolean} ok @param {string} more */
    const end = (ok, more) =>
      resolve({ ok, output: Buffer.concat(chunks) + more, seconds: (performance.now() - began) / 1000 })
    child.on('error', (error) => end(false, error.message))
    child.on('close', (code) => end(code === 0, ''))
  })
}

/** What went wrong outside of our own code; its message is all that its reader needs. */
export class Failure extends Error {}

/** Runs a tool that must not fail.
 * @param {string} what @param {Tool} tool @param {RunOptions} [options] */
async function must(what, tool, options) {
  const { ok, output } = await run(tool, options)
  if (!ok) throw new Failure(`${output.trim()}\n\n${what} failed, see above.`)
}

/** Does what has to come first, or ends with what went wrong. @param {...() => Promise<void>} steps */
export async function first(...steps) {
  try {
    for (const step of steps) await step()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

/** Is every package of the lock file in node_modules, in that version? Npm keeps its own list of what is there. */
function isInstalled() {
  const present = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(present)) return false
  const there = readJson(present).packages
  return Object.entries(readJson(join(root, 'package-lock.json')).packages).every(
    ([path, wanted]) => !path.includes('node_modules/') || wanted.optional || there[path]?.version === wanted.version,
  )
}

/** No package of ours needs its install script, so none is run; NODE_ENV=production must not cost us the compiler. */
export async function install() {
  if (isInstalled()) return
  console.log('Installing packages …')
  const flags = ['--include=dev', '--include=optional', '--ignore-scripts', '--no-audit', '--no-fund']
  await must('Installing', npm('ci', ...flags))
}

/** @param {string} folder @returns {string[]} */
const filesIn = (folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist' && name !== 'test')
    .flatMap((entry) => (entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)]))

/** One hash over all that the build reads: a few hundred small files, so content is as cheap as dates, and true. */
function hashOfSources() {
  const hash = createHash('sha256')
  const settings = ['package-lock.json', 'tsconfig.base.json'].map((name) => join(root, name))
  for (const file of [...settings, ...filesIn(join(root, 'packages')), ...filesIn(join(root, 'apps'))].sort()) {
    hash.update(file).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

/** Compiles packages, with all that they import. Quick where nothing changed. @param {...string} folders */
export const compile = (...folders) => must('Compiling', tool('typescript', 'tsc', '--build', ...folders))

/** What `npm start` runs: the server with the packages it imports, and the page it serves. The compiler knows what is
 * old; for the page we note what it was made from, inside of it, so that whoever makes it anew wipes our note. */
export async function build() {
  const note = join(root, 'apps/web/dist/.made-from')
  const sources = hashOfSources()
  if (existsSync(note) && readFileSync(note, 'utf8') === sources) return compile('apps/server')
  console.log('Building …')
  const page = must('Building the page', tool('vite', 'vite', 'build'), { cwd: join(root, 'apps/web') })
  await Promise.all([compile('apps/server'), page])
  writeFileSync(note, sources)
}
