import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessible.ts'
import type { DocumentPage } from '../document-page.ts'
import { test as base, connectionLost, expect } from '../fixtures.ts'
import { Server } from '../server.ts'

/** Three servers that replicate to each other, for all tests of this file. */
const test = base.extend<{ servers: readonly Server[] }, { peers: readonly Server[] }>({
  peers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from this pattern.
    async ({}, use) => {
      const servers = await Server.startPeers(3)
      await use(servers)
      await Promise.all(servers.map((server) => server.throwAway()))
    },
    { scope: 'worker' },
  ],

  servers: async ({ peers }, use) => {
    await use(peers)
    for (const server of peers) {
      server.goOn()
      await server.start()
    }
  },
})

test.use({ expectedErrors: connectionLost })

const NEWS = 'Moved to another server. Nothing was lost.'

test('[S2] [S3] a server dies in mid-typing: typing goes on, another one has it all, and the page says so calmly', async ({
  person,
  servers,
}) => {
  const [first, second] = servers
  const ann = await onThree(person, first)
  const words = Array.from({ length: 60 }, (_, n) => ` word${n}`).join('')
  const typing = ann.type(words, 15)
  await expect.poll(() => ann.read()).toContain('word10')
  await first?.kill()
  // It is told when nothing waits to be sent, so perhaps when the typing is over.
  await expect(ann.page.locator('.moved')).toHaveText(NEWS, { timeout: 90_000 })
  await expect(ann.page.getByRole('status').filter({ hasText: NEWS })).toBeAttached()
  await typing
  await ann.saved()
  expect(await ann.read()).toBe(`Begun.${words}`)
  await expect(ann.page.locator('.moved')).toBeHidden()

  const ben = await person(new URL(new URL(ann.url).pathname, second?.url).href)
  await expect.poll(() => ben.read()).toBe(`Begun.${words}`)
})

test('[S2] a server hangs: what is typed meanwhile is taken by another one within ten seconds', async ({
  person,
  servers,
}) => {
  const [first] = servers
  const ann = await onThree(person, first)
  first?.stop()
  await ann.type(' Still here.', 15)
  await expect(ann.page.locator('.moved')).toHaveText(NEWS)
  await ann.saved()
  expect(await ann.read()).toBe('Begun. Still here.')
})

test('[S2] a title given to a server that dies at once is the title on the next one', async ({ person, servers }) => {
  const [first, second] = servers
  const ann = await onThree(person, first)
  await ann.title.fill('Minutes')
  const [, killed] = [ann.title.press('Enter'), first?.kill()]
  await killed
  await expect(ann.page.locator('.moved')).toHaveText(NEWS)
  await ann.saved()
  const ben = await person(new URL(new URL(ann.url).pathname, second?.url).href)
  await expect(ben.title).toHaveValue('Minutes')
})

test('the pill says on how many servers the edits are', async ({ person, servers }) => {
  const ann = await onThree(person, servers[0])
  await servers[1]?.kill()
  await ann.type(' More.', 15)
  await ann.saved()
  await ann.pill.getByRole('button', { name: /Details/ }).click()
  await expect(ann.page.getByText('All your changes are on 2 of 3 servers.')).toBeVisible()
  await servers[2]?.kill()
  await ann.page.keyboard.press('Escape')
  await ann.type(' And more.', 15)
  await ann.saved()
  await ann.pill.getByRole('button', { name: /Details/ }).click()
  await expect(
    ann.page.getByText('All your changes are on 1 of 3 servers. The others get them as soon as they can be reached.'),
  ).toBeVisible()
  await Promise.all([servers[1]?.start(), servers[2]?.start()])
  await expect(ann.page.getByText('All your changes are on 3 of 3 servers.')).toBeVisible()
  await expect(ann.page.getByText(/^State [0-9a-f]+\. 3 of 3 agree\.$/)).toBeVisible()
  await expect(ann.page.getByText(/^Last stored at \d/)).toBeVisible()
  await expect(ann.pill).toHaveAttribute(
    'title',
    /^All your changes are on 3 of 3 servers\.\nLast stored at \d.*\.\nState [0-9a-f]+\. 3 of 3 agree\.$/,
  )
})

const windows = {
  wide: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
} as const

for (const [window, options] of Object.entries(windows)) {
  test(`in a ${window} window the news is in sight and in nobody's way`, async ({ person, servers }) => {
    const ann = await onThree((url) => person(url, options), servers[0])
    await servers[0]?.kill()
    const news = ann.page.locator('.moved')
    await expect(news).toBeInViewport({ ratio: 1 })
    expect(await isPressThrough(ann.page)).toBe(true)
    // Axe looks at what has come to rest, and at rest the news has gone.
    await ann.page.addStyleTag({ content: '.moved { animation: none }' })
    await expectAccessible(ann.page)
    expect(await ann.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  })
}

/** A new document on that server, which knows the others and has told the page of them. */
async function onThree(
  person: (url?: string) => Promise<DocumentPage>,
  server: Server | undefined,
): Promise<DocumentPage> {
  const ann = await person(server?.url)
  await ann.type('Begun.', 15)
  await ann.saved()
  await ann.pill.getByRole('button', { name: /Details/ }).click()
  await expect(ann.page.getByText(/on 3 of 3 servers/)).toBeVisible()
  await ann.page.keyboard.press('Escape')
  await ann.caretAfter('Begun.')
  return ann
}

async function isPressThrough(page: Page): Promise<boolean> {
  return page.locator('.moved').evaluate((news) => getComputedStyle(news).pointerEvents === 'none')
}
