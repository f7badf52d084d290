/** The tests of the document over sources with one mistake in them, the one that MUTANT names; or as they are. */
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { mutants } from './mutants.mjs'

const conditions = ['source', 'module', 'node', 'development|production']
const root = fileURLToPath(new URL('../..', import.meta.url))
const mutant = mutants.find(({ name }) => name === env.MUTANT)

/** The mutated copy is made where the file is read; the file itself stays as it is. */
const mutation = {
  name: 'mutation',
  enforce: /** @type {const} */ ('pre'),
  /** @param {string} code @param {string} id */
  transform: (code, id) =>
    mutant !== undefined && id.replaceAll('\\', '/').endsWith(`/packages/crdt/src/${mutant.file}`)
      ? code.replace(mutant.search, () => mutant.replace)
      : null,
}

export default defineConfig({
  plugins: [mutation],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    root,
    include: ['test/**/*.test.ts'],
    bail: 1,
    fileParallelism: false,
    testTimeout: 30_000,
    reporters: ['json'],
    outputFile: env.MUTANT_REPORT ?? '',
  },
})
