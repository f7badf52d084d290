/** The keys of actions, wherever the focus is. */
import { expect, test } from '../fixtures.ts'

test('the first of two keys is forgotten after a moment, and a second one that means nothing is typed', async ({
  person,
}) => {
  const ann = await person()
  await ann.page.clock.install()
  await ann.page.reload()
  await ann.ready()
  await ann.text.focus()
  const { keyboard } = ann.page
  await keyboard.press('ControlOrMeta+.')
  await ann.page.clock.runFor(2000)
  await keyboard.type('of')
  await expect.poll(() => ann.read()).toBe('of')
  await keyboard.press('ControlOrMeta+.')
  await keyboard.type('xy')
  await expect.poll(() => ann.read()).toBe('ofxy')
})
