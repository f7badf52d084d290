import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/** The package as others get it: packed, and installed into an empty folder. */
export interface Installed {
  /** Where somebody works who has installed the package. */
  readonly folder: string
  /** The package in there. */
  readonly inside: string
  readonly tarball: string
  /** The paths of what was packed. */
  readonly files: readonly string[]
  remove(): Promise<void>
}

const here = fileURLToPath(new URL('..', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))

export async function packAndInstall(): Promise<Installed> {
  const temporary = await mkdtemp(join(tmpdir(), 'embed-'))
  const folder = join(temporary, 'empty')
  await mkdir(folder)
  const packed = await npm(here, 'pack', '--json', '--pack-destination', temporary)
  const [{ filename, files }]: readonly [{ filename: string; files: readonly { path: string }[] }] = JSON.parse(packed)
  const tarball = join(temporary, filename)
  await npm(folder, 'install', '--no-audit', '--no-fund', '--offline', '--prefix', folder, tarball)
  return {
    folder,
    inside: join(folder, 'node_modules/@manyhands/crdt'),
    tarball,
    files: files.map(({ path }) => path).sort(),
    remove: () => rm(temporary, { recursive: true }),
  }
}

/** The first example of a README. */
export async function exampleOf(readme: 'README.md' | '../../README.md'): Promise<string> {
  const example = /^```js\n(.*?)^```$/ms.exec(await readFile(join(here, readme), 'utf8'))?.[1]
  if (example === undefined) throw new Error(`${readme} has no example`)
  return example
}

/** The npm that started us, or else the one on the path. */
export function npm(folder: string, ...args: readonly string[]): Promise<string> {
  const itself = process.env.npm_execpath
  return itself?.endsWith('npm-cli.js') ? node(folder, itself, ...args) : execute(folder, 'npm', args)
}

/** Runs a program of a package that is installed in this repository. */
export async function tool(folder: string, name: string, program: string, ...args: readonly string[]): Promise<string> {
  const home = join(root, 'node_modules', name)
  const { bin }: { bin: string | Record<string, string> } = JSON.parse(
    await readFile(join(home, 'package.json'), 'utf8'),
  )
  return node(folder, join(home, typeof bin === 'string' ? bin : (bin[program] ?? '')), ...args)
}

/** Runs a script with this very Node. */
export function node(folder: string, ...args: readonly string[]): Promise<string> {
  return execute(folder, process.execPath, args)
}

/** What a program writes; where it fails, an error that says what it wrote. */
export async function execute(folder: string, file: string, args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(file, [...args], { cwd: folder }).catch((error) => {
    throw new Error(`${file} ${args.join(' ')}\n${error.stdout}\n${error.stderr}`)
  })
  return stdout
}
