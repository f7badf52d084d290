import { PROTOCOL_VERSION } from '@manyhands/protocol'
import { Router } from 'express'

/** What the server says about itself to those who watch over it. */
export interface Health {
  /** Rejects while edits cannot be stored. */
  check(): Promise<void>
  readonly isStopping: boolean
  readonly version: string
  /** Counts, for a person who looks. */
  counts(): object
}

export function healthRoutes(health: Health): Router {
  const router = Router()
  router.use(['/livez', '/readyz', '/healthz', '/version'], (_request, response, next) => {
    response.set('Cache-Control', 'no-store')
    next()
  })
  router.get('/livez', (_request, response) => {
    response.type('text').send('alive\n')
  })
  router.get('/readyz', async (_request, response) => {
    const obstacle = await obstacleOf(health)
    response
      .status(obstacle === null ? 200 : 503)
      .type('text')
      .send(`${obstacle ?? 'ready'}\n`)
  })
  router.get('/healthz', async (_request, response) => {
    const obstacle = await obstacleOf(health)
    response.status(obstacle === null ? 200 : 503).json({ ready: obstacle === null, obstacle, ...health.counts() })
  })
  router.get('/version', (_request, response) => {
    response.json({ version: health.version, protocol: PROTOCOL_VERSION })
  })
  return router
}

/** Why edits should go to another server now, or null. */
async function obstacleOf(health: Health): Promise<string | null> {
  if (health.isStopping) return 'shutting down'
  return health.check().then(
    () => null,
    (error: unknown) => `the disk cannot be written: ${error instanceof Error ? error.message : String(error)}`,
  )
}
