/** Lays a gzip beside each file of the page that gains by it, so that a server need not do it at every visit. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const packed = promisify(gzip)

export function gzipped(): Plugin {
  return {
    name: 'manyhands-gzip',
    apply: 'build',
    writeBundle: {
      order: 'post',
      async handler({ dir = '' }, bundle) {
        const names = Object.keys(bundle).filter((name) => /\.(?:js|css|svg)$/.test(name))
        await Promise.all(names.map((name) => pack(join(dir, name))))
      },
    },
  }
}

async function pack(file: string): Promise<void> {
  await writeFile(`${file}.gz`, await packed(await readFile(file), { level: constants.Z_BEST_COMPRESSION }))
}
