import { expect, test } from 'vitest'
import { parseConfig } from './config.ts'

test('with nothing said, it listens to this computer on port 3000 and keeps documents in ./data', () => {
  const config = { port: 3000, host: 'localhost', dataDir: '/somewhere/data', logLevel: 'warn' }
  const alone = { serverId: null, publicUrl: null, ack: 'local', peers: null }
  expect(parseConfig({}, '/somewhere')).toEqual({ ok: true, value: { ...config, ...alone } })
})

test('the data directory is sought where npm start was asked for', () => {
  const dataDir = (env: Record<string, string>): unknown => parseConfig(env, '/repository/apps/server')
  expect(dataDir({ INIT_CWD: '/home/ann' })).toMatchObject({ value: { dataDir: '/home/ann/data' } })
  expect(dataDir({ INIT_CWD: '/home/ann', DATA_DIR: '../b' })).toMatchObject({ value: { dataDir: '/home/b' } })
  expect(dataDir({ DATA_DIR: '/var/lib/manyhands' })).toMatchObject({ value: { dataDir: '/var/lib/manyhands' } })
})

test('an empty data directory is a mistake, not the folder one happens to be in', () => {
  expect(parseConfig({ DATA_DIR: '' }, '/')).toMatchObject({ ok: false, error: expect.stringContaining('DATA_DIR') })
})

test('servers are listed, or found by a name, and then an edit is stored when another one has it', () => {
  const env = { PEERS: 'http://a:3000, http://b:3000/', PEERS_DNS: 'manyhands:3000', PEER_SECRET: 'x'.repeat(16) }
  const peers = {
    secret: 'x'.repeat(16),
    listed: ['http://a:3000', 'http://b:3000'],
    named: { name: 'manyhands', port: 3000 },
  }
  expect(parseConfig(env, '/')).toMatchObject({ value: { ack: 'replicated', peers } })
  const chosen = { ...env, ACK: 'local', SERVER_ID: 'a', PUBLIC_URL: 'https://a.example/' }
  expect(parseConfig(chosen, '/')).toMatchObject({
    value: { ack: 'local', serverId: 'a', publicUrl: 'https://a.example' },
  })
})

test('what makes no sense is named with what would', () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ PORT: '65536' }, /^PORT must be a whole number from 0 to 65535, not "65536"\.$/],
    [{ PORT: '-1' }, /PORT .* not "-1"/],
    [{ PORT: '' }, /PORT .* not ""/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of fatal, .*, not "loud"\.$/],
    [{ HOST: '' }, /^HOST must be /],
    [{ PEERS: 'http://a:3000' }, /^PEER_SECRET must be the same on all servers, and have at least 16 characters\.$/],
    [{ PEERS: 'http://a:3000', PEER_SECRET: 'short' }, /^PEER_SECRET /],
    [{ PEERS: 'a:3000', PEER_SECRET: 'x'.repeat(16) }, /^PEERS must be addresses .*, not "a:3000"\.$/],
    [{ PEERS_DNS: 'manyhands', PEER_SECRET: 'x'.repeat(16) }, /^PEERS_DNS must be a name and a port/],
    [{ SERVER_ID: 'a b' }, /^SERVER_ID must be /],
    [{ PUBLIC_URL: 'docs.example' }, /^PUBLIC_URL must be an address such as /],
    [{ ACK: 'never' }, /^ACK must be local or replicated, not "never"\.$/],
  ]
  for (const [env, line] of cases)
    expect(parseConfig(env, '/')).toEqual({ ok: false, error: expect.stringMatching(line) })
})
