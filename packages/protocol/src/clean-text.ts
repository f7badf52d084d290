/** One line of text that is safe to show beside other people's: no control characters, nothing that turns the line around. */

/**
 * Controls (Cc), format characters (Cf: bidi marks and overrides, zero-width spaces), unpaired surrogates (Cs). The
 * joiners stay, which Persian words and emoji families need, and the tags that spell regional flags.
 */
const UNSEEN = /(?!\u200c|\u200d|[\u{e0020}-\u{e007f}])[\p{Cc}\p{Cf}\p{Cs}]/gu

/** Cleans and cuts to `max` code points, so that no surrogate pair is split. Cleaning twice changes nothing. */
export function cleanLine(text: string, max: number): string {
  const line = text.replace(/\s+/gu, ' ').replace(UNSEEN, '').replace(/ +/g, ' ').trim()
  return firstCodePoints(line, max).trimEnd()
}

function firstCodePoints(text: string, max: number): string {
  if (text.length <= max) return text
  let end = 0
  for (let n = 0; n < max && end < text.length; n++) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  return text.slice(0, end)
}
