import type { Page } from '@playwright/test'
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

async function remembersNews(page: Page): Promise<void> {
  await page.evaluate(() => {
    const look = (): void => {
      if (document.body.innerText.includes('Moved to another server. Nothing was lost.'))
        Object.assign(window, { hasMoved: true })
    }
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

test('[S2] [S3] npm run cluster: behind its one address two of three servers die, and typing goes on', async ({
  cluster,
  person,
}) => {
  const ann = await person(cluster.url)
  await ann.type('Begun.')
  await ann.saved()
  await remembersNews(ann.page)
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
  // Each of the three was killed once, so she was on one of them.
  await expect.poll(() => ann.page.evaluate(() => 'hasMoved' in window)).toBe(true)
  expect(await cluster.interrupt()).toBe(0)
})
