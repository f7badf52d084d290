/** One or two letters that stand for a name. */

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words.at(0), words.at(-1)] : [words.at(0)]
  return (
    ends
      .map((word) => firstCharacter(word ?? ''))
      .join('')
      .toLocaleUpperCase() || '?'
  )
}

function firstCharacter(word: string): string {
  for (const { segment } of characters.segment(word)) return segment
  return ''
}
