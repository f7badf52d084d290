import { expect, test } from 'vitest'
import { parseConfig } from './config.ts'

test('with nothing said, it listens to this computer on port 3000 and keeps documents in ./data', () => {
  const config = { port: 3000, host: 'localhost', dataDir: '/somewhere/data', logLevel: 'warn' }
  expect(parseConfig({}, '/somewhere')).toEqual({ ok: true, value: config })
})

test('the data directory is sought where npm start was asked for', () => {
  const dataDir = (env: Record<string, string>): unknown => parseConfig(env, '/repository/apps/server')
  expect(dataDir({ INIT_CWD: '/home/ann' })).toMatchObject({ value: { dataDir: '/home/ann/data' } })
  expect(dataDir({ INIT_CWD: '/home/ann', DATA_DIR: '../b' })).toMatchObject({ value: { dataDir: '/home/b' } })
  expect(dataDir({ DATA_DIR: '/var/lib/manyhands' })).toMatchObject({ value: { dataDir: '/var/lib/manyhands' } })
})

test('what makes no sense is named with what would', () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ PORT: '65536' }, /^PORT must be a whole number from 0 to 65535, not "65536"\.$/],
    [{ PORT: '-1' }, /PORT .* not "-1"/],
    [{ PORT: '' }, /PORT .* not ""/],
    [{ LOG_LEVEL: 'loud' }, /^LOG_LEVEL must be one of fatal, .*, not "loud"\.$/],
    [{ HOST: '' }, /^HOST must be /],
  ]
  for (const [env, line] of cases)
    expect(parseConfig(env, '/')).toEqual({ ok: false, error: expect.stringMatching(line) })
})
