/** The simulation over sources with one mistake in them, the one that MUTANT names; or as they are. */
import { readFileSync } from 'node:fs'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { mutants } from './mutants.mjs'

const conditions = ['source', 'module', 'node', 'development|production']
const root = fileURLToPath(new URL('../../..', import.meta.url))
const mutant = mutants.find(({ name }) => name === env.MUTANT)

const mutation = {
  name: 'mutation',
  enforce: /** @type {const} */ ('pre'),
  /** @param {string} id */
  load: (id) => {
    if (mutant === undefined || !id.replaceAll('\\', '/').endsWith(mutant.file)) return null
    return readFileSync(id, 'utf8').replace(mutant.search, () => mutant.replace)
  },
}

export default defineConfig({
  plugins: [mutation],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    root,
    include: ['test/simulation/simulation.test.ts'],
    bail: 1,
    reporters: ['json'],
    outputFile: env.MUTANT_REPORT ?? '',
  },
})
