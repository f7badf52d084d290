import type { RequestHandler } from 'express'
import helmet from 'helmet'

/**
 * What a browser may do with what comes from here: run our own scripts, and talk to this server and, when it is gone, to the
 * others of ours, nothing else.
 *
 * Inline styles are allowed, because CodeMirror puts its style sheets into the page as it runs, and a nonce would need a
 * page made for each visit, which could not be cached; a style cannot run a script. No header asks for https, since
 * on a home network there is often none; a proxy that has a certificate adds that one itself.
 */
export function securityHeaders(addresses: () => readonly string[]): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'", () => addresses().flatMap(socketOf).join(' ')],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'none'"],
        'frame-ancestors': ["'none'"],
      },
    },
    strictTransportSecurity: false,
    xFrameOptions: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  })
}

/** A host that may stand in a header: a name, a number, a port. */
const HOST = /^[\w.-]+(:\d+)?$|^\[[\da-f:.]+\](:\d+)?$/

/** The address of its sockets: `https` becomes `wss`. */
function socketOf(address: string): readonly string[] {
  if (!URL.canParse(address)) return []
  const { protocol, host } = new URL(address)
  const isWeb = protocol === 'http:' || protocol === 'https:'
  return isWeb && HOST.test(host) ? [`${protocol.replace('http', 'ws')}//${host}`] : []
}
