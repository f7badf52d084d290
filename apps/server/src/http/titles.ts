import { type Address, type DocumentId, parseDocumentId } from '@manyhands/protocol'
import express, { type ErrorRequestHandler, type Request, type Response, Router } from 'express'
import { accessByLinks } from '../access/links.ts'
import { Ticket } from '../access/ticket.ts'
import type { DocumentIndex } from '../catalogue/document-index.ts'
import type { Visitors } from './visitors.ts'

export interface TitlesOptions {
  readonly index: DocumentIndex
  readonly visitors: Visitors
}

/** A person's list; whoever has more asks twice. An entry is an id and four keys: 200 bytes. */
const MAX_DOCUMENTS = 500
const MAX_BODY_BYTES = 131_072
const MAX_TOKEN = 256

interface Asked {
  readonly id: DocumentId
  readonly token: string
}

/**
 * Titles of documents that somebody knows: `{documents: [{id, token?}]}`, where the token is that of a hello. What they may not
 * read and what there is not are both left out, so nobody finds out which it is; and there is no list of all.
 */
export function titlesRoutes({ index, visitors }: TitlesOptions): Router {
  const router = Router()
  const path = '/api/v1/titles'
  router.use(path, (request, response, next) => {
    response.set('Cache-Control', 'no-store')
    if (visitors.may(request.ip ?? '')) return next()
    response.set('Retry-After', '1')
    problem(response, 429, 'rate-limited', 'Too many requests. Try again in a moment.')
  })
  router.post(path, express.json({ limit: MAX_BODY_BYTES }), (request: Request, response: Response) => {
    const asked = askedIn(request.body)
    if (asked === null) {
      return problem(
        response,
        400,
        'bad-message',
        `Send {"documents": [{"id": "…"}]} as JSON, ${MAX_DOCUMENTS} at most.`,
      )
    }
    response.json({ documents: asked.flatMap((one) => titleOf(index, one)) })
  })
  router.all(path, (_request, response) => {
    response.set('Allow', 'POST')
    problem(response, 405, 'bad-method', 'Titles are asked for by POST.')
  })
  router.use(path, answerBadBody)
  return router
}

function titleOf(index: DocumentIndex, { id, token }: Asked): readonly object[] {
  const known = index.get(id)
  const role = known && accessByLinks(known.registers, new Ticket(id, token))
  if (!known || !role) return []
  const { registers, changedAt, length } = known
  return [{ id, title: registers.get('title')?.value ?? '', changedAt, length, role }]
}

/** Null: that is not what is asked here. What has no id of a document is none, and left out like one that is not known. */
function askedIn(body: unknown): readonly Asked[] | null {
  const documents = fieldOf(body, 'documents')
  if (!Array.isArray(documents) || documents.length > MAX_DOCUMENTS) return null
  return documents.flatMap((entry: unknown) => {
    const [text, token] = [fieldOf(entry, 'id'), fieldOf(entry, 'token')]
    const id: Address | null = typeof text === 'string' ? parseDocumentId(text) : null
    return id === null ? [] : [{ id, token: typeof token === 'string' ? token.slice(0, MAX_TOKEN) : '' }]
  })
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? Reflect.get(value, name)
    : undefined
}

const answerBadBody: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  const status: unknown = error instanceof Error && 'status' in error ? error.status : 500
  if (status === 413) return problem(response, 413, 'too-large', `At most ${MAX_BODY_BYTES} bytes.`)
  if (typeof status === 'number' && status < 500) return problem(response, status, 'bad-message', 'That is not JSON.')
  next(error)
}

/** RFC 9457. */
function problem(response: Response, status: number, code: string, detail: string): void {
  response.status(status).type('application/problem+json').send(JSON.stringify({ status, code, detail }))
}
