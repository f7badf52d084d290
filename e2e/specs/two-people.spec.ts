import { type DocumentPage, expectEqual } from '../document-page.ts'
import { expect, test } from '../fixtures.ts'

const tide =
  'The tide tables were wrong again, so we walked out at five and waited for the water to make up its mind about us.'
const birds =
  'Two curlews stood on the bar, one of them ringed, and Ana counted dunlin until the light was gone from the flats.'

test('two people write paragraphs at once in different places, and both stand whole in both windows', async ({
  person,
}) => {
  const [ann, ben] = await together(person, 'Ann writes here:\n\nBen writes here:')
  await ann.caretAfter('Ann writes here:')
  await ben.caretAfter('Ben writes here:')
  await Promise.all([ann.type(` ${tide}`, 5), ben.type(` ${birds}`, 5)])

  expect(await expectEqual([ann, ben])).toBe(`Ann writes here: ${tide}\n\nBen writes here: ${birds}`)
})

test('two people write paragraphs at once in the same place, and nobody’s words are woven into the other’s', async ({
  person,
}) => {
  const [ann, ben] = await together(person, 'Before.\n\nAfter.')
  await ann.caretAfter('Before.\n')
  await ben.caretAfter('Before.\n')
  await Promise.all([ann.type(tide, 5), ben.type(birds, 5)])

  const text = await expectEqual([ann, ben])
  expect([`Before.\n${tide}${birds}\nAfter.`, `Before.\n${birds}${tide}\nAfter.`]).toContain(text)
})

test('each sees the other’s cursor, and how soon is told', async ({ person }) => {
  const [ann, ben] = await together(person, 'One line.\nAnother line.')
  await ann.caretAfter('One')
  await ben.caretAfter('Another')
  await expect(ann.remoteCarets).toHaveCount(1)
  await expect(ben.remoteCarets).toHaveCount(1)

  const latencies = [await cursorLatency(ann, ben), await cursorLatency(ben, ann), await cursorLatency(ann, ben)]
  console.log(`cursor seen after ${latencies.map((ms) => ms.toFixed(0)).join(', ')} ms`)
})

test('a selection shows in the other’s window, with a name', async ({ person }) => {
  const [ann, ben] = await together(person, 'Look at these words.')
  await ann.page.getByRole('button', { name: /^People/ }).click()
  await ann.page.getByRole('textbox', { name: 'Your name' }).fill('Ana Duarte')
  await ann.page.keyboard.press('Escape')
  await ann.text.focus()
  await ann.page.keyboard.press('ControlOrMeta+a')

  await expect(ben.page.locator('.mh-selection').first()).toBeVisible()
  await expect(ben.page.locator('.mh-flag')).toHaveText('Ana Duarte')
  await ben.page.getByRole('button', { name: /^People/ }).click()
  await expect(ben.page.getByRole('dialog').getByText('Ana Duarte')).toBeVisible()
})

test('a name and a colour are remembered on the device', async ({ person }) => {
  const ann = await person()
  await ann.page.getByRole('button', { name: /^People/ }).click()
  await ann.page.getByRole('textbox', { name: 'Your name' }).fill('Ana Duarte')
  await ann.page.getByRole('radio', { name: 'Violet' }).check({ force: true })
  await ann.page.goto(new URL('/', ann.url).href)
  await ann.page.getByRole('button', { name: /^People/ }).click()
  await expect(ann.page.getByRole('textbox', { name: 'Your name' })).toHaveValue('Ana Duarte')
  await expect(ann.page.getByRole('radio', { name: 'Violet' })).toBeChecked()
})

test('of two who were given the same name and colour, the later one gives way; what one has chosen stays', async ({
  person,
  server,
}) => {
  const ann = await person()
  await ann.type('x')
  await ann.saved()
  const names = ['manyhands.name', 'manyhands.color']
  const given = await ann.page.evaluate((keys) => keys.map((key) => localStorage.getItem(key) ?? ''), names)
  const same = names.map((name, i) => ({ name, value: given[i] ?? '' }))
  const twin = (more: { name: string; value: string }[] = []): Promise<DocumentPage> =>
    person(ann.url, {
      storageState: { cookies: [], origins: [{ origin: server.url, localStorage: [...same, ...more] }] },
    })
  const colorOf = ({ page }: DocumentPage): Promise<string | null> =>
    page.evaluate(() => localStorage.getItem('manyhands.color'))
  const nameOf = ({ page }: DocumentPage): Promise<string | null> =>
    page.evaluate(() => localStorage.getItem('manyhands.name'))

  const ben = await twin()
  await expect.poll(() => nameOf(ben)).not.toBe(given[0])
  expect(await colorOf(ben)).not.toBe(given[1])
  expect([await nameOf(ann), await colorOf(ann)]).toEqual(given)

  const cleo = await twin([
    { name: 'manyhands.chose-name', value: 'yes' },
    { name: 'manyhands.chose-color', value: 'yes' },
  ])
  await cleo.connected()
  await expect(ann.page.getByRole('button', { name: /^People: you and 2/ })).toBeVisible()
  expect([await nameOf(cleo), await colorOf(cleo)]).toEqual(given)
})

test('whoever leaves is gone from the others’ windows', async ({ person }) => {
  const [ann, ben] = await together(person, 'Come and go.')
  await expect(ann.page.getByRole('button', { name: 'People: you and 1 more' })).toBeVisible()
  await ben.page.context().close()
  await expect(ann.page.getByRole('button', { name: 'People: only you' })).toBeVisible()
  await expect(ann.remoteCarets).toHaveCount(0)
})

test('undo takes back my edits and leaves theirs', async ({ person }) => {
  const [ben, ann] = await together(person, 'Plain.')
  await ann.caretAfter('Plain.')
  // Ben has begun the text, and Ann writes in one go: what she writes is one step of undo.
  await ann.page.keyboard.insertText(' Mine.')
  await expect.poll(() => ben.read()).toBe('Plain. Mine.')
  await ben.caretAfter('Mine.')
  await ben.type(' Theirs.')
  await expect.poll(() => ann.read()).toBe('Plain. Mine. Theirs.')

  await ann.text.focus()
  await ann.page.keyboard.press('ControlOrMeta+z')
  await expect.poll(() => ben.read()).toBe('Plain. Theirs.')
  await ann.page.keyboard.press('ControlOrMeta+Shift+Z')
  expect(await expectEqual([ann, ben])).toBe('Plain. Mine. Theirs.')
})

/** Ann writes something down, and Ben joins her. */
async function together(
  person: (url?: string) => Promise<DocumentPage>,
  text: string,
): Promise<readonly [DocumentPage, DocumentPage]> {
  const ann = await person()
  await ann.paste(text)
  await ann.saved()
  const ben = await person(ann.url)
  await expect.poll(() => ben.read()).toBe(text)
  return [ann, ben]
}

/** Milliseconds from a key press in one window to the moved caret being painted in the other, by their common clock. */
async function cursorLatency(from: DocumentPage, to: DocumentPage): Promise<number> {
  const seen = await to.page.evaluateHandle(() => {
    const place = (): string => {
      const box = document.querySelector('.mh-caret')?.getBoundingClientRect()
      return `${box?.left} ${box?.top}`
    }
    const before = place()
    const moved = async (): Promise<number> => {
      while (place() === before) await new Promise(requestAnimationFrame)
      return performance.timeOrigin + performance.now()
    }
    return { at: moved() }
  })
  const pressed = await from.page.evaluateHandle(() => ({
    at: new Promise<number>((resolve) =>
      document.addEventListener('keydown', () => resolve(performance.timeOrigin + performance.now()), {
        once: true,
        capture: true,
      }),
    ),
  }))
  await from.text.press('ArrowRight')
  return (await seen.evaluate(({ at }) => at)) - (await pressed.evaluate(({ at }) => at))
}
