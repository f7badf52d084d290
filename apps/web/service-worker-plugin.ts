/** Builds the page's service worker and tells it of which files the page consists. */
import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import type { Plugin } from 'vite'

const WORKER = 'service-worker.js'

/** `source` is the worker's module. It may import nothing: a browser reads it as one script. */
export function serviceWorker(source: string): Plugin {
  let publicFiles: readonly string[] = []
  return {
    name: 'manyhands-service-worker',
    apply: 'build',
    enforce: 'post',
    configResolved({ publicDir }) {
      publicFiles = publicDir === '' ? [] : readdirSync(publicDir)
    },
    buildStart() {
      this.emitFile({ type: 'chunk', id: source, fileName: WORKER })
    },
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const outputs = Object.values(bundle).filter(({ fileName }) => fileName !== WORKER)
        const chunks = outputs.filter((output) => output.type === 'chunk')
        const first = closure(
          chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName),
          new Map(chunks.map((chunk) => [chunk.fileName, chunk.imports])),
        )
        const page = bundle['index.html']
        const html = page?.type === 'asset' ? String(page.source) : ''
        const isFirst = (name: string): boolean => first.has(name) || html.includes(name)
        const names = outputs.map(({ fileName }) => fileName).filter((name) => name !== 'index.html')
        const ours = chunks.filter(({ facadeModuleId }) => facadeModuleId && !facadeModuleId.includes('node_modules'))
        const core = ['/', ...[...names.filter(isFirst), ...publicFiles].map((name) => `/${name}`)].sort()
        const isOurs = (name: string): boolean =>
          name.endsWith('.css') || ours.some(({ fileName }) => fileName === name)
        const later = names.filter((name) => !isFirst(name) && isOurs(name)).map((name) => `/${name}`)
        const hash = createHash('sha256')
          .update(html)
          .update(JSON.stringify([core, later]))
        const worker = bundle[WORKER]
        if (worker?.type !== 'chunk') return this.error('The service worker was not built')
        if (worker.imports.length > 0) return this.error('The service worker imports something')
        const version = hash.update(worker.code).digest('hex').slice(0, 16)
        worker.code = `const APP=${JSON.stringify({ version, core, later })};\n${worker.code.replace(/export\s*\{\s*\};?/g, '')}`
      },
    },
  }
}

/** What these chunks import, and what that imports. */
function closure(first: readonly string[], imports: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const all = new Set(first)
  for (const name of all) for (const next of imports.get(name) ?? []) all.add(next)
  return all
}
