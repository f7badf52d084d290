/** The tests of the document over sources with one mistake in them, the one that MUTANT names; or as they are. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer } from 'vitest/node'
import { mutants } from './mutants.mjs'

const conditions = ['source', 'module', 'node', 'development|production']
const root = fileURLToPath(new URL('../..', import.meta.url))
const mutant = mutants.find(({ name }) => name === env.MUTANT)

const sources = /packages\/crdt\/src\/(?<file>.*\.ts)$/

/** Every source is read from the copy that was made when the run began, so that who edits the sources meanwhile does not matter. */
const mutation = {
  name: 'mutation',
  enforce: /** @type {const} */ ('pre'),
  /** @param {string} id */
  load: (id) => {
    const file = sources.exec(id.replaceAll('\\', '/'))?.groups?.file
    if (file === undefined) return null
    const code = readFileSync(join(env.MUTANT_SOURCES ?? '', file), 'utf8')
    return file === mutant?.file ? code.replace(mutant.search, () => mutant.replace) : code
  },
}

const files = (env.MUTANT_TESTS ?? '').split(',')

/** The files in the order in which they are asked for, so that a mutant always falls to the same test. */
class InOrder extends BaseSequencer {
  /** @param {import('vitest/node').TestSpecification[]} specifications */
  async sort(specifications) {
    /** @param {import('vitest/node').TestSpecification} specification */
    const place = ({ moduleId }) => files.findIndex((file) => moduleId.endsWith(`/${file}.test.ts`))
    return specifications.toSorted((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  plugins: [mutation],
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    root,
    include: files.map((file) => `test/${file}.test.ts`),
    sequence: { sequencer: InOrder },
    bail: 1,
    fileParallelism: false,
    testTimeout: 30_000,
    reporters: ['json'],
    outputFile: env.MUTANT_REPORT ?? '',
  },
})
