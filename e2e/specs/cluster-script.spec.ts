import { ClusterScript } from '../cluster-script.ts'
import { test as base, connectionLost, expect } from '../fixtures.ts'

const test = base.extend<{ cluster: ClusterScript }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern.
  cluster: async ({}, use) => {
    const cluster = await ClusterScript.start()
    await use(cluster)
    await cluster.interrupt()
  },
})

test.use({ expectedErrors: connectionLost })

test('[S2] [S3] npm run cluster: behind its one address two of three servers die, and typing goes on', async ({
  cluster,
  person,
}) => {
  const ann = await person(cluster.url)
  await ann.type('Begun.')
  await ann.saved()
  cluster.kill('a')
  cluster.kill('b')
  await ann.type(' Still here.', 20)
  await ann.saved()
  const ben = await person(ann.url)
  await expect.poll(() => ben.read()).toBe('Begun. Still here.')
  cluster.kill('c')
  await ben.type(' Both.', 20)
  await ben.saved()
  await expect.poll(() => ann.read()).toContain(' Both.')
  expect(await cluster.interrupt()).toBe(0)
})
