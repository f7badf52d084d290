import { DocumentPage } from '../document-page.ts'
import { expect, test } from '../fixtures.ts'

test('a visit to / is a document one can write in at once, and a second window sees what is written', async ({
  person,
}) => {
  const ann = await person()
  await expect(ann.page).toHaveURL(/\/d\/[a-z2-9]{26}$/)
  await ann.type('The first words.')
  await ann.saved()

  const ben = await person(ann.url)
  await expect.poll(() => ben.read()).toBe('The first words.')
  await ben.caretAfter('words.')
  await ben.type(' And more.')
  await expect.poll(() => ann.read()).toBe('The first words. And more.')
})

test('a visit alone leaves nothing on the server’s disk', async ({ person, browser, server }) => {
  const ann = await person()
  await ann.connected()
  const { url } = ann
  await ann.page.context().close()
  await server.kill()
  await server.start()

  const page = await browser.newPage()
  await page.goto(url)
  await expect(page.getByRole('heading', { name: 'No document here yet.' })).toBeVisible()
  await page.close()
})

test('reloading a document nobody has written in yet goes on with it', async ({ person }) => {
  const ann = await person()
  await ann.connected()
  await ann.page.reload()
  await ann.ready()
  await ann.type('Still here.')
  await ann.saved()
})

test('an address without a document offers to create it, and leads to those there are', async ({
  server,
  browser,
  person,
}) => {
  const address = `${server.url}/d/abcdefghjkmnpqrstuvwxyz234`
  const page = await browser.newPage()
  await page.goto(address)
  await page.getByRole('link', { name: 'All documents' }).click()
  await expect(page.getByRole('heading', { name: 'Documents' })).toBeVisible()
  await page.goBack()
  await page.getByRole('button', { name: 'Create it' }).click()
  await page.getByRole('textbox', { name: 'Document text' }).pressSequentially('Made on demand.')
  await new DocumentPage(page).saved()

  const ben = await person(address)
  await expect.poll(() => ben.read()).toBe('Made on demand.')
  await page.close()
})

test('an address that is no document’s offers a new document', async ({ server, browser }) => {
  const page = await browser.newPage()
  await page.goto(`${server.url}/d/O0Il`)
  await expect(page.getByRole('heading', { name: /No document here yet|does not lead to a document/ })).toBeVisible()
  await page.getByRole('link', { name: 'New document' }).click()
  await expect(page.getByRole('textbox', { name: 'Document text' })).toBeVisible()
  await page.close()
})

test('the title is the same for everyone and stays', async ({ person }) => {
  const ann = await person()
  await ann.title.fill('Field notes')
  await ann.title.press('Enter')
  await expect(ann.text).toBeFocused()
  await ann.page.keyboard.type('x')
  await ann.saved()
  expect(await ann.read()).toBe('x')

  const ben = await person(ann.url)
  await expect(ben.title).toHaveValue('Field notes')
  await expect(ben.page).toHaveTitle('Field notes · Manyhands')
  await ben.title.fill('')
  await ben.title.press('Enter')
  await expect(ann.title).toHaveValue('')
})

test('what has no title yet is called by its first words, and is still without a title', async ({ person }) => {
  const ann = await person()
  await ann.type('# Trip to Lisbon')
  await expect(ann.page).toHaveTitle('Trip to Lisbon · Manyhands')
  await expect(ann.title).toHaveAttribute('placeholder', 'Trip to Lisbon')
  await expect(ann.title).toHaveValue('')
  await ann.saved()
  const ben = await person(ann.url)
  await expect(ben.page).toHaveTitle('Trip to Lisbon · Manyhands')
  await ben.title.fill('Holidays')
  await ben.title.press('Enter')
  await expect(ann.page).toHaveTitle('Holidays · Manyhands')
})

test('Share copies the link and says so, and nothing beside it moves', async ({ person }) => {
  const ann = await person(undefined, { permissions: ['clipboard-read', 'clipboard-write'] })
  const share = ann.page.getByRole('button', { name: /^(Share|Copied)$/ })
  const before = await share.boundingBox()
  await ann.page.getByRole('button', { name: 'Share' }).click()
  await expect(ann.page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await share.boundingBox()).toEqual(before)
  expect(await ann.page.evaluate(() => navigator.clipboard.readText())).toBe(ann.url)
})

test('Share shows the link where the clipboard is blocked', async ({ person }) => {
  const ann = await person()
  await ann.page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }))
  await ann.page.getByRole('button', { name: 'Share' }).click()
  const link = ann.page.getByRole('textbox', { name: 'Link to edit' })
  await expect(link).toHaveValue(ann.url)
  await ann.page.keyboard.press('Escape')
  await expect(link).toBeHidden()
  await ann.page.keyboard.press('ControlOrMeta+.')
  await ann.page.keyboard.press('l')
  await expect(ann.page.getByText('Copying is blocked here.')).toBeVisible()
  await expect(link).toHaveValue(ann.url)
})
