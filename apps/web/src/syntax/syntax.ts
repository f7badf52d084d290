/** The syntax a text is written in: Markdown, a programming language, or none. Its name is what everybody shares. */
export const MARKDOWN = 'Markdown'
export const PLAIN = 'Plain text'

/** What is written for people to read, rather than for machines. */
export function isProse(syntax: string): boolean {
  return syntax === MARKDOWN || syntax === PLAIN
}
