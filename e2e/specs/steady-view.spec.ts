/** What is read stays where it is, and what is typed is kept, in whatever moment others write. */
import { expect, test } from '../bare-editor.ts'

const long = Array.from({ length: 300 }, (_, n) => `Line ${n + 1} of a long text`).join('\n')

test('what somebody writes above between my key and its frame leaves my line where it is', async ({ bareEditor }) => {
  const page = await bareEditor(long)
  const moved = await page.evaluate(async () => {
    bare.goesTo(bare.view.state.doc.line(150).to)
    await bare.scrollTo(145)
    const before = bare.heightOf('Line 150 ')
    bare.types('x')
    bare.shared.theyInsert(bare.view.viewport.from + 1, 'new\n'.repeat(5))
    await bare.rest()
    return bare.heightOf('Line 150 ') - before
  })
  expect(Math.abs(moved)).toBeLessThan(2)
})

test('what somebody writes above before a scrolling is told leaves it where it has come to', async ({ bareEditor }) => {
  const page = await bareEditor(long)
  const moved = await page.evaluate(async () => {
    await bare.scrollTo(110)
    bare.view.scrollDOM.scrollTop += 100
    const before = bare.heightOf('Line 120 ')
    bare.shared.theyInsert(bare.view.viewport.from + 1, 'new\n'.repeat(5))
    await bare.rest()
    return bare.heightOf('Line 120 ') - before
  })
  expect(Math.abs(moved)).toBeLessThan(2)
})

test('who goes away from the end gets there, whatever somebody writes meanwhile', async ({ bareEditor }) => {
  const page = await bareEditor(long)
  const scrolled = await page.evaluate(async () => {
    await bare.scrollToEnd()
    bare.goesTo(0)
    bare.shared.theyInsert(100, 'z')
    await bare.rest()
    return bare.view.scrollDOM.scrollTop
  })
  expect(scrolled).toBeLessThan(50)
})

test('undo leaves my line where it is, whatever somebody has written above in the same frame', async ({
  bareEditor,
}) => {
  const page = await bareEditor(long)
  const moved = await page.evaluate(async () => {
    bare.goesTo(bare.view.state.doc.line(150).to)
    await bare.scrollTo(145)
    bare.types('x')
    await bare.rest()
    const before = bare.heightOf('Line 150 ')
    for (let i = 0; i < 2; i++) bare.shared.theyInsert(bare.view.viewport.from + 1, 'new\n'.repeat(5))
    bare.undoes()
    await bare.rest()
    return bare.heightOf('Line 150 ') - before
  })
  expect(Math.abs(moved)).toBeLessThan(2)
})

for (const lines of [5, 400]) {
  test(`at the end, ${lines} lines that somebody pastes above leave what is read where it is`, async ({
    bareEditor,
  }) => {
    const page = await bareEditor(long)
    const moved = await page.evaluate(async (lines) => {
      await bare.scrollToEnd()
      const before = bare.heightOf('Line 295 ')
      bare.shared.theyInsert(0, 'a line of words\n'.repeat(lines))
      await bare.rest()
      return bare.heightOf('Line 295 ') - before
    }, lines)
    expect(Math.abs(moved)).toBeLessThan(2)
  })
}

test('a room that grows narrow soon after somebody has written is measured', async ({ bareEditor }) => {
  const page = await bareEditor('many words '.repeat(200))
  const width = await page.evaluate(async () => {
    bare.shared.theyInsert(0, 'x')
    await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    bare.view.dom.style.width = '300px'
    await bare.rest()
    return Reflect.get(bare.view, 'viewState').contentDOMWidth
  })
  expect(width).toBeLessThan(400)
})

test('what is not shown yet is shown when the language of the page changes', async ({ bareEditor }) => {
  const page = await bareEditor(long)
  const agrees = await page.evaluate(async () => {
    bare.shared.theyInsert(bare.length, ' one')
    bare.saysOtherWords()
    bare.shared.theyInsert(bare.shared.text().length, ' two')
    await bare.rest()
    bare.types('mine ')
    return bare.agrees && bare.shared.text().startsWith('mine Line 1 ') && bare.shared.text().endsWith(' one two')
  })
  expect(agrees).toBe(true)
})

test('Enter on a phone makes a line, whatever somebody writes in the same frame', async ({ bareEditor }) => {
  const userAgent = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36'
  const page = await bareEditor('one\ntwo', { userAgent })
  await page.evaluate(() => {
    bare.goesTo(bare.length)
    bare.view.focus()
    let n = 0
    setInterval(() => {
      bare.shared.theyInsert(0, 'r')
      bare.shared.theyGoTo(n++ % 3)
    }, 1)
  })
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('Enter')
    // CodeMirror takes two in one frame for one.
    await page.evaluate(() => new Promise(requestAnimationFrame))
  }
  await page.evaluate(() => bare.rest())
  expect(await page.evaluate(() => bare.shared.text().split('\n').length)).toBe(32)
})
