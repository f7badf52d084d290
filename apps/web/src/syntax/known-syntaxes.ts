/** Every syntax the editor knows, and what it does for it. Each is loaded when a text is written in it. */
import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { markdown, markdownLanguage } from '@codemirror/lang-markdown'
import {
  bracketMatching,
  indentOnInput,
  LanguageDescription,
  type LanguageSupport,
  syntaxHighlighting,
} from '@codemirror/language'
import { languages } from '@codemirror/language-data'
import { EditorState, type Extension, Prec } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { markdownKeys } from '../writing/markdown-keys.ts'
import { tablePaste } from '../writing/paste.ts'
import { highlighter } from './highlighter.ts'
import { shallow } from './shallow.ts'
import { isProse, MARKDOWN, PLAIN } from './syntax.ts'

export { editorActions } from '../writing/editor-keys.ts'
export { markdownActions } from '../writing/markdown-keys.ts'

const PLAIN_FILE = /\.(?:txt|text|log)$/i

export const syntaxNames: readonly string[] = [
  MARKDOWN,
  PLAIN,
  ...languages
    .map(({ name }) => name)
    .filter((name) => name !== MARKDOWN)
    .sort((a, b) => a.localeCompare(b)),
]

/** By the ending of the title. What has none is taken for Markdown. */
export function syntaxOfTitle(title: string): string {
  const name = title.trim()
  if (PLAIN_FILE.test(name)) return PLAIN
  return LanguageDescription.matchFilename(languages, name)?.name ?? MARKDOWN
}

/** How a text in this syntax is edited and shown. Rejects where that cannot be fetched. */
export async function syntaxExtension(name: string): Promise<Extension> {
  if (name === PLAIN) return []
  const support = await supportOf(name)
  if (support === null) return []
  return [support, syntaxHighlighting(highlighter), bracketMatching(), name === MARKDOWN ? forMarkdown : forCode]
}

/** For a piece of code in a text: its language by name, alias or ending. */
export async function parserOf(alias: string): Promise<LanguageSupport['language']['parser'] | null> {
  const known = LanguageDescription.matchLanguageName(languages, alias, false)
  const support = known && (await loadedOrNull(known))
  return support?.language.parser ?? null
}

async function supportOf(name: string): Promise<LanguageSupport | null> {
  if (name === MARKDOWN) {
    const base = markdownLanguage
    return markdown({ base, codeLanguages: languages, completeHTMLTags: false, extensions: [shallow] })
  }
  const known = isProse(name) ? undefined : languages.find((language) => language.name === name)
  return known ? known.load() : null
}

/** Null where there is no network, and it was never used here before: the code stays as it is. */
async function loadedOrNull(language: LanguageDescription): Promise<LanguageSupport | null> {
  try {
    return await language.load()
  } catch {
    return null
  }
}

// Before the editor's own Backspace, which would leave the closing one.
const brackets = [closeBrackets(), Prec.high(keymap.of(closeBracketsKeymap))]

// In prose a quotation mark or an apostrophe stands alone as often as not.
const forMarkdown: Extension = [
  EditorState.languageData.of(() => [{ closeBrackets: { brackets: ['(', '[', '{'] } }]),
  brackets,
  // Before the editor's own keys, of which one is Mod-i.
  Prec.high(keymap.of(markdownKeys.map(({ key, run }) => ({ key, run, preventDefault: true })))),
  tablePaste,
]

const forCode: Extension = [
  brackets,
  indentOnInput(),
  lineNumbers(),
  EditorView.editorAttributes.of({ class: 'code' }),
  EditorState.languageData.of(() => [{ closeBrackets: { brackets: ['(', '[', '{', '"', "'", '`'] } }]),
]
