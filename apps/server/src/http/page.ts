import { join } from 'node:path'
import { parseDocumentId, parseLinkKey } from '@manyhands/protocol'
import express, { type Response, Router } from 'express'
import { packedFiles } from './packed-files.ts'

/** The web app: one page for every document, and files whose names change with their content. */
export function pageRoutes(directory: string): Router {
  const router = Router()
  router.use(packedFiles(directory))
  router.use('/assets', express.static(join(directory, 'assets'), { immutable: true, maxAge: '1y', index: false }))
  router.use(express.static(directory, { index: false, maxAge: '1h' }))
  router.get(['/', '/docs'], (_request, response) => sendPage(response, directory))
  router.get('/d/:document', ({ params }, response, next) => {
    if (parseDocumentId(params.document) === null) next()
    else sendPage(response, directory)
  })
  router.get('/r/:key', ({ params }, response, next) => {
    if (parseLinkKey(params.key) === null) next()
    else sendPage(response, directory)
  })
  // The page says it in the language of whoever navigates; who fetches something else could not read it.
  const sayNothingIsHere = (response: Response) => response.type('text').send('There is nothing at this address.\n')
  router.use((_request, response) => {
    response.status(404).format({
      text: () => sayNothingIsHere(response),
      html: () => sendPage(response, directory),
      default: () => sayNothingIsHere(response),
    })
  })
  return router
}

function sendPage(response: Response, directory: string): void {
  response.set('Cache-Control', 'no-cache')
  response.sendFile('index.html', { root: directory, cacheControl: false }, (error) => {
    if (error !== undefined && !response.headersSent) {
      response.status(503).type('text').send('The page is not built. `npm start` builds it.\n')
    }
  })
}
