/** Lays a Brotli and a gzip beside each file of the page that gains by it, so that a server need not do it at every visit. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const asGzip = promisify(gzip)
const asBrotli = promisify(brotliCompress)

/** The highest, 11, takes twice as long for two bytes in a hundred. */
const QUALITY = 10

export function packed(): Plugin {
  return {
    name: 'manyhands-packed',
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
  const bytes = await readFile(file)
  await writeFile(`${file}.gz`, await asGzip(bytes, { level: constants.Z_BEST_COMPRESSION }))
  await writeFile(`${file}.br`, await asBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } }))
}
