import { readdirSync } from 'node:fs'
import { defineConfig } from 'vitest/config'

// The packages are tested as written, through the 'source' condition: no build stands between a change and its test.
// Naming any condition replaces the defaults, so they are repeated.
const conditions = ['source', 'module', 'node', 'development|production']
const folders = ['packages', 'apps'].flatMap((group) => readdirSync(group).map((name) => `${group}/${name}`))
// Deep runs take as long as their RUNS say. For the others only a test that never ends is too slow: machines differ.
const testTimeout = process.env.MANYHANDS_DEEP === '1' ? 3_600_000 : 120_000

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    projects: folders.map((folder) => ({
      extends: true,
      test: {
        name: folder,
        root: folder,
        include: ['{src,test}/**/*.test.{ts,tsx}'],
        testTimeout,
        hookTimeout: testTimeout,
      },
    })),
  },
})
