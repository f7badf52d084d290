import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** The size of a library's door with all that is behind it: minified, gzipped, its WASM gzipped beside it. */
export async function bundleSize({ entry, wasm = null }) {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${entry}'`, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    external: ['fs', 'path', 'util', 'crypto', '*.wasm'],
    logLevel: 'silent',
  })
  const script = outputFiles[0].contents
  const module = wasm === null ? null : readFileSync(createRequire(import.meta.url).resolve(wasm))
  const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length
  return { gzip: gzip(script) + (module ? gzip(module) : 0), minified: script.length, wasm: module?.length ?? 0 }
}
