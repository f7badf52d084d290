import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'
import * as vite from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { declarationsIn, signature, undocumented, unpriced } from './declarations.ts'
import { exampleOf, type Installed, node, packAndInstall, tool } from './package.ts'

let installed: Installed

beforeAll(async () => {
  installed = await packAndInstall()
}, 180_000)
afterAll(() => installed?.remove())

/** Runs a script that needs nothing of its surroundings but somewhere to write to. */
function linesOf(script: string): readonly string[] {
  const lines: string[] = []
  runInNewContext(script, { console: { log: (...words: readonly unknown[]) => lines.push(words.join(' ')) } })
  return lines
}

async function inFolder(name: string, text: string): Promise<string> {
  await writeFile(join(installed.folder, name), text)
  return join(installed.folder, name)
}

describe('what is packed', () => {
  test('is code, types, sources, the format and the licence', () => {
    const outside = installed.files.filter((path) => !/^(dist\/.*\.(js|d\.ts)(\.map)?|src\/.*\.ts)$/.test(path))
    expect(outside).toEqual(['FORMAT.md', 'LICENSE', 'README.md', 'package.json'])
    expect(installed.files.filter((path) => /test|tsbuildinfo/.test(path))).toEqual([])
  })

  test('was all made from a source that is there, and every map leads to one', async () => {
    for (const path of installed.files.filter((path) => path.startsWith('dist/'))) {
      const source = path.replace(/^dist\/(types\/)?/, 'src/').replace(/\.(js|d\.ts)(\.map)?$/, '.ts')
      expect(installed.files, path).toContain(source)
      if (!path.endsWith('.map')) continue
      const { sources } = JSON.parse(await readFile(join(installed.inside, path), 'utf8'))
      expect(sources.map((to: string) => posix.join(dirname(path), to))).toEqual([source])
    }
  })

  test('pleases publint and attw', { timeout: 120_000 }, async () => {
    expect(await tool(installed.folder, 'publint', 'publint', installed.tarball, '--strict')).toContain('All good!')
    const profile = ['--profile', 'esm-only', '--no-color', '--no-emoji']
    const verdict = await tool(installed.folder, '@arethetypeswrong/cli', 'attw', installed.tarball, ...profile)
    expect(verdict.match(/OK \(ESM\)/g)).toHaveLength(2)
  })
})

describe('from an empty folder', () => {
  test.each(['README.md', '../../README.md'] as const)('the example of %s runs in Node', async (readme) => {
    const script = await inFolder('example.mjs', await exampleOf(readme))
    expect(await node(installed.folder, script)).toMatch(/\ntrue true\n$/)
  })

  test('a CommonJS module can require it', async () => {
    const call = "const { Doc } = require('@manyhands/crdt'); console.log(typeof Doc.create)"
    expect(await node(installed.folder, await inFolder('old.cjs', call))).toBe('function\n')
  })

  test('esbuild and Vite bundle the example into a script that needs nothing of Node or the browser', {
    timeout: 60_000,
  }, async () => {
    const example = await inFolder('example.mjs', await exampleOf('README.md'))
    const outfile = join(installed.folder, 'by-esbuild/bundle.js')
    await esbuild.build({ entryPoints: [example], bundle: true, minify: true, platform: 'browser', outfile })
    const output = { format: 'iife', entryFileNames: 'bundle.js' } as const
    await vite.build({
      root: installed.folder,
      configFile: false,
      logLevel: 'warn',
      build: { outDir: 'by-vite', rolldownOptions: { input: example, output } },
    })
    for (const bundle of ['by-esbuild/bundle.js', 'by-vite/bundle.js']) {
      const lines = linesOf(await readFile(join(installed.folder, bundle), 'utf8'))
      expect(lines.at(-1), bundle).toBe('true true')
    }
  })

  test.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'a strict TypeScript program that uses every export compiles (module %s, resolution %s) and runs',
    {
      timeout: 60_000,
    },
    async (module, moduleResolution) => {
      const program = join(installed.folder, 'consumer.mts')
      await copyFile(new URL('./consumer.ts', import.meta.url), program)
      const words = new Set((await readFile(program, 'utf8')).match(/\w+/g))
      const names = declarationsIn(join(installed.inside, 'dist/types')).map(({ name }) => name)
      expect(names.filter((name) => !words.has(name))).toEqual([])
      const lib = await inFolder('console.d.ts', 'declare const console: { log(...words: unknown[]): void }')
      const strict = {
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        skipLibCheck: false,
      }
      const compilerOptions = { ...strict, module, moduleResolution, target: 'es2023', lib: ['es2023'], types: [] }
      await inFolder('tsconfig.json', JSON.stringify({ compilerOptions, files: [program, lib] }))
      await tool(installed.folder, 'typescript', 'tsc', '--project', '.')
      expect(new Set((await node(installed.folder, 'consumer.mjs')).trim().split(/\s/))).toEqual(new Set(['true']))
    },
  )

  test('the whole of it, minified and zipped, is at most 25.2 kB', async () => {
    const stdin = { contents: "export * from '@manyhands/crdt'", resolveDir: installed.folder }
    const options = {
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2023',
      write: false,
      metafile: true,
    } as const
    const { outputFiles, metafile } = await esbuild.build({ stdin, ...options })
    const [{ contents }] = outputFiles as [esbuild.OutputFile]
    const zipped = gzipSync(contents, { level: 9 }).length
    const [{ inputs }] = Object.values(metafile.outputs) as [esbuild.Metafile['outputs'][string]]
    const parts = Object.entries(inputs)
      .map(([path, { bytesInOutput }]) => ({ file: path.replace(/^.*dist\//, ''), bytes: bytesInOutput }))
      .sort((a, b) => b.bytes - a.bytes)
    const largest = parts.slice(0, 8).map(({ file, bytes }) => `${file} ${bytes}`)
    console.log(`bundle: ${zipped} bytes zipped, ${contents.length} minified; of these ${largest.join(', ')}`)
    expect(zipped).toBeLessThanOrEqual(25_200)
  })
})

describe('the public names', () => {
  test('each have a comment, and each of their members', () => {
    expect(declarationsIn(join(installed.inside, 'dist/types')).flatMap(undocumented)).toEqual([])
  })

  test('say what they cost, if they do something', () => {
    expect(declarationsIn(join(installed.inside, 'dist/types')).flatMap(unpriced)).toEqual([])
  })

  test('are declared as they were', async () => {
    const api = declarationsIn(join(installed.inside, 'dist/types')).map(signature).join('\n')
    await expect(`${api}\n`).toMatchFileSnapshot('golden/api.txt')
  })
})
