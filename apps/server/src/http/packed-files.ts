import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { RequestHandler } from 'express'

const TYPES = { js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml' } as const
const PACKED = /^\/(?:assets\/)?[\w-][\w.-]*\.(?<kind>js|css|svg)$/

/** Sends the gzip that the build has laid beside a file, to whoever reads gzip; whatever has none goes to the next handler. */
export function packedFiles(directory: string): RequestHandler {
  return async (request, response, next) => {
    const kind = PACKED.exec(request.path)?.groups?.kind as keyof typeof TYPES | undefined
    if (kind === undefined) return next()
    response.vary('Accept-Encoding')
    const packed = `${request.path}.gz`
    if (request.acceptsEncodings('gzip', 'identity') !== 'gzip' || !(await isThere(join(directory, packed))))
      return next()
    response.set('Content-Encoding', 'gzip').type(TYPES[kind])
    request.url = packed
    next()
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
