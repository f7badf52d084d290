import type { Page } from '@playwright/test'
import { type DocumentPage, expectEqual } from '../document-page.ts'
import { connectionLost, expect, test } from '../fixtures.ts'

test.use({ expectedErrors: connectionLost })

test('after five kills of the server in mid-typing every character stands exactly once in every window', async ({
  person,
  server,
}) => {
  const ann = await person()
  await ann.paste('Ann:\nBen:')
  await ann.saved()
  const ben = await person(ann.url)
  await expect.poll(() => ben.read()).toBe('Ann:\nBen:')
  await ann.caretAfter('Ann:')
  await ben.caretAfter('Ben:')

  let over = false
  // Every word is another one, so that a lost or doubled word shows.
  const typeOn = async (who: DocumentPage, letter: string): Promise<string> => {
    let written = ''
    for (let n = 0; n < 40 || !over; n++) {
      const word = ` ${letter}${n}`
      await who.type(word, 25)
      written += word
    }
    return written
  }
  const typing = Promise.all([typeOn(ann, 'a'), typeOn(ben, 'b')])
  for (let kills = 0; kills < 5; kills++) {
    const before = (await ann.read()).length
    await expect.poll(async () => (await ann.read()).length, { intervals: [50] }).toBeGreaterThan(before + 10)
    await server.kill()
    await server.start()
  }
  over = true
  const [a, b] = await typing
  await ann.saved()
  await ben.saved()

  const cleo = await person(ann.url)
  expect(await expectEqual([ann, ben, cleo])).toBe(`Ann:${a}\nBen:${b}`)
})

test('what the pill called Saved survives a reload in mid-typing', async ({ person }) => {
  const ann = await person()
  ann.page.on('dialog', (dialog) => void dialog.accept())
  let reloaded = false
  // The breath between two words is what lets the pill say Saved at all: who never stops has always something unsaved.
  const typeOn = async (): Promise<void> => {
    for (let n = 0; !reloaded; n++) {
      await ann.page.keyboard.type(`word${n} `, { delay: 20 })
      await ann.page.waitForTimeout(200)
    }
  }
  await ann.text.focus()
  const typing = typeOn()
  const promised = await lastTextCalledSaved(ann.page, 100)
  await ann.page.reload()
  reloaded = true
  await typing

  await ann.ready()
  await expect.poll(() => ann.read()).toContain(promised)
  expect(promised.length).toBeGreaterThan(0)
})

test('the pill counts what no server has, and says Saved when the server has it', async ({ person, server }) => {
  const ann = await person()
  await ann.type('Safe.')
  await ann.saved()
  await server.kill()
  await expect(ann.pill).toHaveAttribute('data-saved-state', /reconnecting|offline/)
  await ann.type(' Not yet.')
  await ann.pill.getByRole('button', { name: /Details/ }).click()
  await expect(ann.page.getByText('9 characters are only on this device.')).toBeVisible()
  await server.start()
  await ann.saved()
})

test('leaving is held up while no server has something, nor this device, and only then', async ({ person, server }) => {
  const ann = await person()
  const questions: string[] = []
  ann.page.on('dialog', (dialog) => {
    questions.push(dialog.type())
    void dialog.accept()
  })
  await ann.type('Saved.')
  await ann.saved()
  await ann.page.reload()
  await ann.ready()
  await expect.poll(() => ann.read()).toBe('Saved.')
  expect(questions).toEqual([])

  await server.kill()
  await ann.page.evaluate(() => {
    IDBDatabase.prototype.transaction = () => {
      throw new DOMException('No room', 'QuotaExceededError')
    }
  })
  await ann.caretAfter('Saved.')
  await ann.type(' Unsaved.')
  await ann.page.close({ runBeforeUnload: true })
  await expect.poll(() => questions).toEqual(['beforeunload'])
})

/**
 * Watches until that much is written, and returns the last text that was in the editor while the pill said Saved. What the pill says may
 * be of the frame before.
 */
async function lastTextCalledSaved(page: Page, length: number): Promise<string> {
  return page.evaluate(async (enough) => {
    let before = ''
    let promised = ''
    for (;;) {
      const text = String(Reflect.get(document.querySelector('.cm-content') ?? {}, 'cmTile').view.state.doc)
      const pill = document.querySelector('[data-saved-state]')?.getAttribute('data-saved-state')
      if (pill === 'saved') promised = before
      if (text.length >= enough && promised !== '') return promised
      before = text
      await new Promise(requestAnimationFrame)
    }
  }, length)
}
