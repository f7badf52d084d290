import { FakeClock } from '@manyhands/testkit'
import { expect, test } from 'vitest'
import type { Log } from '../log.ts'
import { discovery } from './discovery.ts'

const silent: Log = { debug() {}, info() {}, warn() {}, error() {} }

async function turn(): Promise<void> {
  for (let i = 0; i < 5; i++) await Promise.resolve()
}

test('[R1] servers that a name stands for are found, and come and go', async () => {
  const clock = new FakeClock()
  let hosts: readonly string[] = ['10.0.0.1']
  const found: (readonly string[])[] = []
  const resolve = async (): Promise<readonly string[]> => hosts
  const stop = discovery(
    ['http://c:1'],
    { name: 'manyhands', port: 3000 },
    resolve,
    clock,
    silent,
  )((all) => {
    found.push(all)
  })
  await turn()
  hosts = ['10.0.0.1', 'fd00::2']
  clock.advance(5000)
  await turn()
  stop()
  clock.advance(60_000)
  await turn()
  expect(found).toEqual([
    ['http://c:1'],
    ['http://c:1', 'http://10.0.0.1:3000'],
    ['http://c:1', 'http://10.0.0.1:3000', 'http://[fd00::2]:3000'],
  ])
})

test('[R1] a name server that is away takes no server away', async () => {
  const clock = new FakeClock()
  let isAway = false
  const found: (readonly string[])[] = []
  const resolve = async (): Promise<readonly string[]> => {
    if (isAway) throw new Error('ENOTFOUND')
    return ['10.0.0.1']
  }
  const stop = discovery(
    [],
    { name: 'manyhands', port: 3000 },
    resolve,
    clock,
    silent,
  )((all) => {
    found.push(all)
  })
  await turn()
  isAway = true
  clock.advance(5000)
  await turn()
  isAway = false
  clock.advance(5000)
  await turn()
  stop()
  expect(found).toEqual([[], ['http://10.0.0.1:3000'], ['http://10.0.0.1:3000']])
})
