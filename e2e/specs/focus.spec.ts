/** Where the keys go: what is pressed and goes away leaves the focus where one can go on. */
import { connectionLost, expect, test } from '../fixtures.ts'
import { Middleman } from '../middleman.ts'

test.use({ expectedErrors: connectionLost })

test('what is typed into the title while the text is still coming stays in the title', async ({ person }) => {
  const ann = await person()
  await ann.type('text')
  await ann.saved()
  const ben = await person()
  const middleman = await Middleman.before(ben.page)
  middleman.hold()
  await ben.page.goto(ann.url)
  await ben.title.click()
  await ben.page.keyboard.type('My ti')
  middleman.letGo()
  await ben.ready()
  await ben.page.keyboard.type('tle')
  await expect(ben.title).toHaveValue('My title')
  expect(await ben.read()).toBe('text')
})

test('who has gone to the text while it is still coming types into it when it is there', async ({ person }) => {
  const ann = await person()
  await ann.type('text')
  await ann.saved()
  const ben = await person()
  const middleman = await Middleman.before(ben.page)
  middleman.hold()
  await ben.page.goto(ann.url)
  await ben.text.focus()
  middleman.letGo()
  await ben.ready()
  await ben.page.keyboard.press('ControlOrMeta+End')
  await ben.page.keyboard.type('!')
  await expect.poll(() => ann.read()).toBe('text!')
})
