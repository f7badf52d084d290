import { hostileMarkdown } from '@manyhands/testkit'
import { describe, expect, test } from 'vitest'
import { renderMarkdown } from './render.ts'

const html = (text: string): string =>
  renderMarkdown(text)
    .map((block) => block.html)
    .join('')

test('blocks know the lines they came from, and what lies in them counts from there', () => {
  const blocks = renderMarkdown('# One\n\ntext\nmore\n\n- a\n- b\n')
  expect(blocks.map(({ line }) => line)).toEqual([0, 2, 5])
  expect(blocks[2]?.html).toBe('<ul data-line="0">\n<li data-line="0">a</li>\n<li data-line="1">b</li>\n</ul>\n')
})

test('a line that comes in above changes the places of the blocks below, not the blocks', () => {
  const text = '# One\n\n- [ ] a\n- b\n\n```js\nc\n```\n'
  const below = renderMarkdown(`new\n\n${text}`).slice(1)
  expect(below).toEqual(renderMarkdown(text).map(({ line, html }) => ({ line: line + 2, html })))
})

test('task lists have boxes with names', () => {
  expect(html('- [ ] buy *milk*\n- [x] done\n- [y] no task\n- [ ]no task')).toBe(
    '<ul data-line="0">\n' +
      '<li class="task" data-line="0"><input type="checkbox" aria-label="buy *milk*"> buy <em>milk</em></li>\n' +
      '<li class="task" data-line="1"><input type="checkbox" aria-label="done" checked> done</li>\n' +
      '<li data-line="2">[y] no task</li>\n<li data-line="3">[ ]no task</li>\n</ul>\n',
  )
})

test('footnotes go there and back', () => {
  const shown = html('Said[^1].\n\n[^1]: By *whom*?')
  expect(shown).toContain('<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup>')
  expect(shown).toContain('<li id="fn1" class="footnote-item">')
  expect(shown).toContain('By <em>whom</em>?')
  expect(shown).toContain('href="#fnref1"')
})

test('a reference finds its address in another block', () =>
  expect(html('[here]\n\n[here]: https://example.com')).toContain('<a href="https://example.com" target="_blank"'))

test('tables keep their alignment and can be scrolled', () => {
  const shown = html('| a | b |\n|---|--:|\n| 1 | 2 |')
  expect(shown).toContain('<div class="table" tabindex="0"><table data-line="0">')
  expect(shown).toContain('<td style="text-align:right">2</td>')
})

test('code keeps its language and its signs', () =>
  expect(html('```js run\n<b>&\n```')).toBe(
    '<pre data-line="0"><code data-language="js">&lt;b&gt;&amp;\n</code></pre>\n',
  ))

test('equal headings have names of their own', () =>
  expect(html('# A b!\n\n# A *b*\n\n# fn1')).toMatch(/id="h-a-b".*id="h-a-b-1".*id="h-fn1"/s))

test('HTML in the text stays text', () =>
  expect(html('a <b>c</b>\n\n<div onclick="x()">')).toBe(
    '<p data-line="0">a &lt;b&gt;c&lt;/b&gt;</p>\n<p data-line="0">&lt;div onclick=&quot;x()&quot;&gt;</p>\n',
  ))

test('addresses are links when they say so themselves', () => {
  expect(html('https://example.com')).toContain('<a href="https://example.com"')
  expect(html('example.com a@example.com ftp://example.com')).not.toContain('<a')
})

test('a picture elsewhere becomes a link, one in the text is shown, one in a link is its words', () => {
  expect(html('![a cat](https://example.com/cat.png)')).toContain('<a class="image" href="https://example.com/cat.png"')
  expect(html('![dot](data:image/png;base64,AAAA)')).toContain('<img src="data:image/png;base64,AAAA" alt="dot">')
  expect(html('[![build](https://a.b/c.svg)](https://a.b)')).toContain('<span class="image">build</span></a>')
})

/** Everything that may stand in a preview. Whatever else comes out of a hostile text is a hole. */
const ELEMENTS = new Set(
  'a blockquote br code div em h1 h2 h3 h4 h5 h6 hr img input li ol p pre s section span strong sup table tbody td th thead tr ul'.split(
    ' ',
  ),
)
const ATTRIBUTES = new Set(
  'alt aria-label checked class data-language data-line href id rel src start style tabindex target title type'.split(
    ' ',
  ),
)

const TAG = /<\/?([a-z][a-z\d]*)((?:\s[a-z-]+(?:="[^"<>]*")?)*)>/g
const DOT = 'data:image/png;base64,'

/** The elements of well-formed HTML, each with its attributes. Throws for a `<` that begins none. */
function elementsOf(shown: string): readonly (readonly [name: string, attributes: ReadonlyMap<string, string>])[] {
  expect(shown.replace(TAG, '')).not.toMatch(/[<>]/)
  return [...shown.matchAll(TAG)].map(([, name = '', attributes = '']) => [
    name,
    new Map([...attributes.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)].map(([, key = '', value = '']) => [key, value])),
  ])
}

describe('hostile Markdown', () => {
  test('is text, whatever it tries', () => {
    for (const text of hostileMarkdown) {
      for (const [name, attributes] of elementsOf(html(text))) {
        expect(ELEMENTS, text).toContain(name)
        for (const key of attributes.keys()) expect(ATTRIBUTES, text).toContain(key)
        expect(attributes.get('href') ?? '#', text).toMatch(/^(https?:\/\/|mailto:|#)/i)
        expect(attributes.get('src') ?? DOT, text).toMatch(/^data:image\/(png|jpeg|gif|webp);base64,/i)
        expect(attributes.get('style') ?? 'text-align:left', text).toMatch(/^text-align:(left|center|right)$/)
      }
    }
  })

  test.each([
    ['lists', '- '.repeat(5000)],
    ['quotes', '>'.repeat(50_000)],
    ['brackets', '['.repeat(50_000)],
    ['emphasis', '*a '.repeat(20_000)],
    ['links', '[a]('.repeat(20_000)],
    ['images', '!['.repeat(20_000)],
    ['backticks', Array.from({ length: 2000 }, (_, n) => '`'.repeat(n % 300)).join(' ')],
    ['table cells', `|${'a|'.repeat(20_000)}\n|${'-|'.repeat(20_000)}\n`],
    ['footnotes', Array.from({ length: 2000 }, (_, n) => `[^${n}]: [^${n + 1}]\n\n`).join('')],
  ])('huge nesting of %s ends', (_, text) => expect(html(text)).toBeTypeOf('string'))
})
