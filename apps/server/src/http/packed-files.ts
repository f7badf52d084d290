import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { RequestHandler } from 'express'

const TYPES = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' } as const
const PACKED = /^\/(?:assets\/)?[\w-][\w.-]*\.(?<kind>js|css|svg)$/

/** The smaller first. */
const CODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/**
 * Sends the Brotli or gzip that the build has laid beside a file, to whoever reads it; whatever has none goes to the next handler.
 * Browsers read Brotli on safe origins only, since old proxies spoiled it.
 */
export function packedFiles(directory: string): RequestHandler {
  return async (request, response, next) => {
    const kind = PACKED.exec(request.path)?.groups?.kind as keyof typeof TYPES | undefined
    if (kind === undefined) return next()
    response.vary('Accept-Encoding')
    for (const [coding, extension] of CODINGS) {
      const packed = `${request.path}${extension}`
      if (request.acceptsEncodings(coding) !== coding || !(await isThere(join(directory, packed)))) continue
      response.set('Content-Encoding', coding).type(TYPES[kind])
      request.url = packed
      break
    }
    next()
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
