import express, { type ErrorRequestHandler, type Express } from 'express'
import type { Log } from '../log.ts'
import { type Health, healthRoutes } from './health.ts'
import { pageRoutes } from './page.ts'
import { type RawOptions, rawRoutes } from './raw.ts'
import { securityHeaders } from './security-headers.ts'
import { type TitlesOptions, titlesRoutes } from './titles.ts'

export interface AppOptions {
  readonly health: Health
  /** Where the built web app lies. */
  readonly webDir: string
  readonly log: Log
  /** Of the other servers, as browsers know them. */
  readonly addresses: () => readonly string[]
  readonly raw: RawOptions
  readonly titles: TitlesOptions
}

/** Everything that is asked for by HTTP. */
export function createApp({ health, webDir, log, addresses, raw, titles }: AppOptions): Express {
  const app = express()
  app.disable('x-powered-by')
  // A proxy stands on this computer or in its network, and says whom it speaks for.
  app.set('trust proxy', 'loopback, linklocal, uniquelocal')
  app.use(securityHeaders(addresses))
  app.use(healthRoutes(health))
  app.use(rawRoutes(raw))
  app.use(titlesRoutes(titles))
  app.use(pageRoutes(webDir))
  app.use(answerErrors(log))
  return app
}

/** A path that does not decode, a file that cannot be read: the status it carries, and nothing about our insides. */
function answerErrors(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    if (response.headersSent) return next(error)
    const status = statusOf(error)
    if (status >= 500) log.error({ err: error }, 'a request failed')
    response
      .status(status)
      .type('text')
      .send(status >= 500 ? 'Something went wrong here.\n' : 'Bad request.\n')
  }
}

function statusOf(error: unknown): number {
  const status: unknown = typeof error === 'object' && error !== null && 'status' in error ? error.status : 500
  return typeof status === 'number' && status >= 400 && status < 600 ? status : 500
}
