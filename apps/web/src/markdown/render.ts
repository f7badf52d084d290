/**
 * Markdown as HTML, block by block, with the lines it came from. HTML in the text stays text; links go to the web, to a
 * mailbox or to a place in the document, and nowhere else. What comes from here is sanitised all the same (`sanitise.ts`).
 */
import createParser, { type Env, type MarkdownIt, type Token } from 'markdown-it'
import footnotes from 'markdown-it-footnote'
import { escapeHtml } from './escape-html.ts'
import { headingId, idsOf } from './heading-id.ts'
import { imageHtml, markLinkedImages } from './images.ts'
import { isInlineImage, isLink } from './links.ts'
import { markTasks, taskHtml } from './tasks.ts'

/** A paragraph, a list, a table: what stands between two empty lines, mostly. */
export interface Block {
  /** The line it begins on, counted from 0. In its HTML `data-line` counts from here. */
  readonly line: number
  readonly html: string
}

const parser = makeParser()

export function renderMarkdown(text: string): readonly Block[] {
  const env: Env = {}
  const tokens = parser.parse(text, env)
  const blocks: Block[] = []
  const ids = idsOf()
  let line = 0
  for (const group of groupsOf(tokens)) {
    line = group[0]?.map?.[0] ?? line
    for (const token of group) number(token, line)
    nameHeadings(group, ids)
    blocks.push({ line, html: parser.renderer.render(group, parser.options, env) })
  }
  return blocks
}

function makeParser(): MarkdownIt {
  const made = createParser({ html: false, linkify: true })
  // "example.com" and "a@b.c" stay words: what is no address for certain is not made one.
  made.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
  made.validateLink = (url) => isLink(url) || isInlineImage(url)
  made.use(footnotes)
  made.core.ruler.push('tasks', (state) => markTasks(state.tokens))
  made.core.ruler.push('linked images', (state) => markLinkedImages(state.tokens))
  const { rules } = made.renderer
  rules.task = (tokens, at) => taskHtml(tokens[at])
  rules.image = (tokens, at) => imageHtml(tokens[at])
  rules.link_open = (tokens, at) => linkHtml(String(tokens[at]?.attrGet('href') ?? ''))
  rules.fence = (tokens, at) => codeHtml(tokens[at])
  rules.code_block = rules.fence
  rules.table_open = (tokens, at, options, _env, self) =>
    `<div class="table" tabindex="0">${self.renderToken(tokens, at, options)}`
  rules.table_close = () => '</table></div>\n'
  return made
}

/** The tokens of each block that lies in no other. */
function* groupsOf(tokens: readonly Token[]): Generator<Token[]> {
  let group: Token[] = []
  let depth = 0
  for (const token of tokens) {
    group.push(token)
    depth += token.nesting
    if (depth > 0) continue
    yield group
    group = []
  }
}

function number(token: Token, from: number): void {
  if (token.map && token.nesting >= 0 && token.type !== 'inline') {
    token.attrSet('data-line', String(token.map[0] - from))
  }
}

function nameHeadings(group: readonly Token[], ids: (heading: string) => string): void {
  group.forEach((token, i) => {
    if (token.type === 'heading_open') token.attrSet('id', ids(headingId(plainText(group[i + 1]))))
  })
}

function plainText(inline: Token | undefined): string {
  const words = inline?.children?.map(({ type, content }) => (/^(text|code_inline|image)$/.test(type) ? content : ' '))
  return words?.join('') ?? ''
}

function linkHtml(href: string): string {
  if (!isLink(href)) return '<a>'
  const away = href.startsWith('#') ? '' : ' target="_blank" rel="noopener noreferrer nofollow"'
  return `<a href="${escapeHtml(href)}"${away}>`
}

function codeHtml(token: Token | undefined): string {
  const language = parser.utils
    .unescapeAll(token?.info ?? '')
    .trim()
    .split(/\s/)[0]
  const named = language ? ` data-language="${escapeHtml(language)}"` : ''
  return `<pre data-line="${token?.attrGet('data-line') ?? 0}"><code${named}>${escapeHtml(token?.content ?? '')}</code></pre>\n`
}
