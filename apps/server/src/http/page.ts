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
  router.get('/d/:document', (request, response) => {
    if (parseDocumentId(request.params.document) === null) sendNoDocument(response)
    else sendPage(response, directory)
  })
  router.get('/r/:key', (request, response) => {
    if (parseLinkKey(request.params.key) === null) sendNoDocument(response)
    else sendPage(response, directory)
  })
  router.use((_request, response) => {
    response.status(404).type('text').send('There is nothing at this address.\n')
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

const NO_DOCUMENT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>No document · Manyhands</title>
<style>body { font: 1.1rem/1.6 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 0 1rem }</style>
<main>
<h1>This link does not lead to a document</h1>
<p>A letter of it may be missing. Ask whoever sent it for the whole link, or <a href="/">begin a new document</a>.</p>
<p><small>bad-document-id</small></p>
</main>
</html>
`

function sendNoDocument(response: Response): void {
  response.status(404).set('Cache-Control', 'no-store').type('html').send(NO_DOCUMENT)
}
