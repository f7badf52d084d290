import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { expect, test } from 'vitest'
import { securityHeaders } from './security-headers.ts'

/** What a page may connect to, as a browser reads it. */
async function connectSources(addresses: readonly string[]): Promise<string | undefined> {
  const app = express()
  app.use(securityHeaders(() => addresses))
  app.get('/', (_request, response) => void response.send('A page.'))
  const http = createServer(app).listen(0, '127.0.0.1')
  await new Promise((resolve) => http.once('listening', resolve))
  const { port } = http.address() as AddressInfo
  const { headers } = await fetch(`http://127.0.0.1:${port}/`)
  http.close()
  const policy = headers.get('content-security-policy') ?? ''
  return policy
    .split(';')
    .find((directive) => directive.startsWith('connect-src'))
    ?.trim()
}

test('a page of a server alone connects to it and to nobody else', async () => {
  expect(await connectSources([])).toBe("connect-src 'self'")
})

test('a page connects to the sockets of the other servers of ours, and what is no address opens nothing', async () => {
  const addresses = [
    'https://b.example',
    'http://10.0.0.3:3000/',
    'http://[::1]:3000',
    'nonsense',
    'javascript:alert(1)',
  ]
  const hostile = ["http://x;script-src 'unsafe-inline'", 'http://a;b', 'http://*', 'http://a,b']
  expect(await connectSources([...addresses, ...hostile])).toBe(
    "connect-src 'self' wss://b.example ws://10.0.0.3:3000 ws://[::1]:3000",
  )
})
