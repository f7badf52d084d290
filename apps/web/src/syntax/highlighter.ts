/** Which words of a text get which look. The looks are in syntax.css, for the editor and the preview alike. */
import { type Highlighter, tagHighlighter, tags } from '@lezer/highlight'

export const highlighter: Highlighter = tagHighlighter([
  { tag: tags.heading, class: 'tok-heading' },
  { tag: tags.strong, class: 'tok-strong' },
  { tag: tags.emphasis, class: 'tok-emphasis' },
  { tag: tags.strikethrough, class: 'tok-struck' },
  { tag: [tags.link, tags.url], class: 'tok-link' },
  { tag: tags.quote, class: 'tok-quote' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName], class: 'tok-sign' },
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.modifier], class: 'tok-keyword' },
  { tag: [tags.string, tags.special(tags.string), tags.regexp, tags.monospace], class: 'tok-string' },
  { tag: [tags.number, tags.bool, tags.atom, tags.null], class: 'tok-value' },
  { tag: [tags.comment, tags.meta], class: 'tok-comment' },
  { tag: [tags.definition(tags.variableName), tags.function(tags.variableName), tags.macroName], class: 'tok-name' },
  { tag: [tags.typeName, tags.className, tags.namespace, tags.tagName], class: 'tok-type' },
  { tag: [tags.propertyName, tags.attributeName], class: 'tok-property' },
  { tag: tags.inserted, class: 'tok-inserted' },
  { tag: [tags.deleted, tags.invalid], class: 'tok-deleted' },
])
