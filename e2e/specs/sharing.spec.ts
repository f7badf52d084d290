import { socketIoTransport } from '@manyhands/client'
import { Doc, replicaId } from '@manyhands/crdt'
import {
  decodeServerMessage,
  encodeClientMessage,
  type LinkKey,
  PROTOCOL_VERSION,
  parseLinkKey,
  type ServerMessage,
} from '@manyhands/protocol'
import { expectAccessible } from '../accessible.ts'
import { Cluster } from '../cluster.ts'
import type { DocumentPage } from '../document-page.ts'
import { connectionLost, expect, test } from '../fixtures.ts'

/** The page says the link; whoever asked for a new one has to mean it. */
class Sharing {
  private readonly document: DocumentPage

  constructor(document: DocumentPage) {
    this.document = document
  }

  async open(): Promise<void> {
    await this.document.page.getByRole('button', { name: 'Share' }).click()
  }

  async linkToRead(): Promise<string> {
    await this.open()
    await this.document.page.getByRole('button', { name: 'Make a link to read' }).click()
    const link = await this.linkNamed('Link to read')
    await this.document.saved()
    return link
  }

  async replace(link: 'Link to edit' | 'Link to read'): Promise<string> {
    const old = await this.linkNamed(link)
    const name = `New ${link.toLowerCase()}`
    await this.document.page.getByRole('button', { name }).click()
    const question = this.document.page.getByRole('group', { name })
    await expect(question).toContainText('stops at once')
    await question.getByRole('button', { name }).click()
    await expect(this.field(link)).not.toHaveValue(old)
    await this.document.saved()
    return this.linkNamed(link)
  }

  private async linkNamed(name: string): Promise<string> {
    await expect(this.field(name)).toHaveValue(/^http/)
    return this.field(name).inputValue()
  }

  private field(name: string) {
    return this.document.page.getByRole('textbox', { name })
  }
}

/** Somebody who comes by an address under which they may not write, or not at all. */
async function visits(person: DocumentPage, url: string): Promise<DocumentPage> {
  await person.page.goto(url)
  return person
}

/** Where a reader sees the text as it is written. */
function sourceOf(link: string): string {
  return `${link}?mode=edit`
}

function keyOf(link: string): LinkKey {
  const key = parseLinkKey(new URL(link).pathname.slice('/r/'.length))
  if (key === null) throw new Error(`No link to read: ${link}`)
  return key
}

/** Says hello by a link, pushes a word as nobody's page would, and answers what the server said to it. */
async function pushesAnyway(url: string, key: LinkKey): Promise<ServerMessage> {
  const replica = replicaId(4711)
  const person = { name: 'Hand-made', color: '#000000' }
  return new Promise((resolve) => {
    const connection = socketIoTransport.connect(url, {
      up() {
        const copy = { incarnation: null, version: null, token: '' }
        const hello = { type: 'hello', protocol: PROTOCOL_VERSION, document: key, replica, person, ...copy } as const
        connection.send(encodeClientMessage(hello))
      },
      message(bytes) {
        const message = decodeServerMessage(bytes)
        if (!message.ok) throw new Error(message.error.detail)
        if (message.value.type === 'welcome') {
          const doc = Doc.create({ replica, incarnation: message.value.incarnation })
          doc.apply(message.value.update)
          const update = doc.edit([{ from: 0, to: doc.length, insert: 'graffiti' }])
          connection.send(encodeClientMessage({ type: 'set-register', name: 'title', value: 'graffiti' }))
          connection.send(encodeClientMessage({ type: 'push', n: 1, update }))
        }
        if (message.value.type !== 'refused') return
        connection.close()
        resolve(message.value)
      },
      down() {},
    })
  })
}

test('whoever comes by the link to read sees every word at once, and writes none, not even by a client of their own', async ({
  person,
  server,
}) => {
  const ann = await person()
  await ann.type('Read me')
  await ann.saved()
  const link = await new Sharing(ann).linkToRead()
  expect(link).not.toContain(new URL(ann.url).pathname.slice('/d/'.length))
  const reader = await visits(await person(), sourceOf(link))
  await expect(reader.pill).toHaveAttribute('data-saved-state', 'read-only')
  await expect(reader.pill).toContainText('Read only')
  await expect(reader.text).toHaveAttribute('contenteditable', 'false')
  await expect(reader.title).toHaveAttribute('readonly', '')
  await expectAccessible(reader.page)
  await reader.text.click()
  await reader.page.keyboard.type('graffiti')
  await ann.caretAfter('Read me')
  await ann.page.keyboard.type(' twice')
  await expect.poll(() => reader.read()).toBe('Read me twice')
  expect(await pushesAnyway(server.url, keyOf(link))).toMatchObject({ type: 'refused', reason: 'forbidden', n: 1 })
  await ann.saved()
  expect([await ann.read(), await ann.title.inputValue()]).toEqual(['Read me twice', ''])
  const raw = await reader.page.request.get(`${link}.txt`)
  expect([raw.status(), await raw.text()]).toEqual([200, 'Read me twice'])
})

test('whoever comes by the link to read is shown what the text is meant to look like, and finds its source', async ({
  person,
}) => {
  const ann = await person()
  await ann.type('# Read me')
  await ann.saved()
  const link = await new Sharing(ann).linkToRead()
  const { page } = await visits(await person(), link)
  await expect(page.frameLocator('.preview iframe').getByRole('heading', { name: 'Read me' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('radio', { name: 'Source', exact: true }).click({ force: true })
  await expect(page.getByRole('textbox', { name: 'Document text' })).toHaveText('# Read me')
  await expect(page).toHaveURL(/\?mode=edit$/)
})

test('a new link to edit stops the old one in an open page; what was written there stays, can be copied, and arrives by the new link', async ({
  person,
}) => {
  const ann = await person()
  await ann.type('Ours. ')
  await ann.saved()
  const bob = await person(ann.url, { permissions: ['clipboard-read', 'clipboard-write'] })
  await expect.poll(() => bob.read()).toBe('Ours. ')
  const old = ann.url
  const sharing = new Sharing(ann)
  await sharing.open()
  const link = await sharing.replace('Link to edit')
  await expect(ann.page).toHaveURL(link)

  const alert = bob.page.getByRole('alert')
  await expect(alert).toContainText('has been replaced')
  await expectAccessible(bob.page)
  await bob.caretAfter('Ours. ')
  await bob.page.keyboard.type('Bob’s own.')
  await alert.getByRole('button', { name: 'Copy the text' }).click()
  await expect.poll(() => bob.page.evaluate(() => navigator.clipboard.readText())).toBe('Ours. Bob’s own.')
  const download = bob.page.waitForEvent('download')
  await alert.getByRole('button', { name: 'Download' }).click()
  await download
  expect(await ann.read()).toBe('Ours. ')

  const stranger = await visits(await person(), old)
  await expect(stranger.page.getByRole('heading', { name: 'No document here yet.' })).toBeVisible()
  await bob.page.evaluate((hash) => location.assign(hash), new URL(link).hash)
  await expect(alert).toBeHidden()
  await expect.poll(() => ann.read()).toBe('Ours. Bob’s own.')
})

test('who made the new link keeps it over a reload, and by the address without its key as well', async ({ person }) => {
  const ann = await person()
  await ann.type('Mine')
  await ann.saved()
  const sharing = new Sharing(ann)
  await sharing.open()
  const link = await sharing.replace('Link to edit')
  await ann.page.reload()
  await ann.ready()
  expect(await ann.read()).toBe('Mine')
  await ann.page.goto('about:blank')
  await ann.open(link.split('#')[0] ?? '')
  await expect.poll(() => ann.url).toBe(link)
  const ben = await person(link)
  await expect.poll(() => ben.read()).toBe('Mine')
})

test('a new link to read stops the old one in an open page, which keeps what it shows', async ({ person }) => {
  const ann = await person()
  await ann.type('For a while')
  await ann.saved()
  const sharing = new Sharing(ann)
  const old = await sharing.linkToRead()
  const reader = await visits(await person(), sourceOf(old))
  await expect.poll(() => reader.read()).toBe('For a while')
  const link = await sharing.replace('Link to read')
  await expect(reader.page.getByRole('alert')).toContainText('has been replaced')
  expect(await reader.read()).toBe('For a while')
  const late = await visits(await person(), old)
  await expect(late.page.getByRole('heading', { name: 'This link leads nowhere.' })).toBeVisible()
  await visits(late, sourceOf(link))
  await expect.poll(() => late.read()).toBe('For a while')
})

test('a link is copied, and handed out, by the keyboard alone', async ({ person }) => {
  const ann = await person(undefined, { permissions: ['clipboard-read', 'clipboard-write'] })
  await ann.type('x')
  await ann.saved()
  await ann.page.keyboard.press('ControlOrMeta+.')
  await ann.page.keyboard.press('l')
  await expect(ann.page.getByRole('button', { name: 'Copied' })).toBeVisible()
  expect(await ann.page.evaluate(() => navigator.clipboard.readText())).toBe(ann.url)
  await ann.page.keyboard.press('ControlOrMeta+.')
  await ann.page.keyboard.press('s')
  await expect(ann.page.getByRole('textbox', { name: 'Link to edit' })).toHaveValue(ann.url)
})

test('a link can be held before a camera', async ({ person }) => {
  const ann = await person()
  await ann.type('x')
  await new Sharing(ann).open()
  await ann.page.getByRole('button', { name: 'QR code of the link to edit' }).click()
  await expect(ann.page.getByRole('img', { name: 'QR code of the link to edit' })).toBeVisible()
  await expectAccessible(ann.page)
})

test.describe('on two servers', () => {
  test.use({ expectedErrors: connectionLost })

  test('[3] links that were replaced on one stop on the other, in open pages, within two seconds', async ({
    person,
  }) => {
    const cluster = await Cluster.start(2)
    const [a, b] = cluster.urls
    const ann = await person(a)
    await ann.type('Ours. ')
    await ann.saved()
    const path = new URL(ann.url).pathname
    const sharing = new Sharing(ann)
    const read = await sharing.linkToRead()
    const bob = await person(`${b}${path}`)
    const reader = await visits(await person(), sourceOf(`${b}${new URL(read).pathname}`))
    await expect.poll(async () => [await bob.read(), await reader.read()]).toEqual(['Ours. ', 'Ours. '])
    await sharing.replace('Link to edit')
    await expect(bob.page.getByRole('alert')).toContainText('has been replaced')
    await sharing.replace('Link to read')
    await expect(reader.page.getByRole('alert')).toContainText('has been replaced')
    await bob.caretAfter('Ours. ')
    await bob.page.keyboard.type('Mine.')
    expect([await bob.read(), await ann.read()]).toEqual(['Ours. Mine.', 'Ours. '])
    for (const { page } of [ann, bob, reader]) await page.close()
    await cluster.throwAway()
  })
})
