/** A flag: the small label with a name that stands at someone else's caret. Here: where it goes, and in which colour it is read. */
export interface FlagPlace {
  readonly vertical: 'above' | 'below' | 'beside'
  readonly horizontal: 'right' | 'left'
  /** Of its left edge from the caret, in pixels; 0 for one that is not beside. */
  readonly shift: number
}

/** A caret in pixels of the scrolled content. */
export interface CaretBox {
  readonly left: number
  readonly top: number
  readonly height: number
}

export interface Flag {
  readonly name: string
  /** Where the line of the caret ends, in the same pixels; null where that place is taken or not known. */
  readonly lineEnd: number | null
}

/** What of the scrolled content is in sight. */
export interface Sight {
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Flags are no wider and no higher than this; longer names end in an ellipsis. */
export const FLAG_WIDTH = 160
export const FLAG_HEIGHT = 18

/** As wide as a letter may be, in Latin and in wider scripts, and what is left and right of them. */
const LETTER = 8
const WIDE_LETTER = 13
const PADDING = 12

/** Between the end of a line and a flag beside it. */
const GAP = 6

/**
 * Beside the line, behind its last word, where it covers nothing. A line that leaves no room there has it above the caret and to
 * its right: below on the first line in sight and where it would lie on the line of my own caret, which is the text I am reading,
 * if there is room; to the left near the right edge.
 */
export function placeFlag(caret: CaretBox, { name, lineEnd }: Flag, sight: Sight, mine: CaretBox | null): FlagPlace {
  const width = widthOf(name)
  if (lineEnd !== null && lineEnd >= caret.left && lineEnd + GAP + width <= sight.right) {
    return { vertical: 'beside', horizontal: 'right', shift: lineEnd + GAP - caret.left }
  }
  const outOfSight = caret.top - FLAG_HEIGHT < sight.top
  const coversMine = mine !== null && mine.top < caret.top && mine.top + mine.height > caret.top - FLAG_HEIGHT
  const roomBelow = caret.top + caret.height + FLAG_HEIGHT <= sight.bottom
  return {
    vertical: outOfSight || (coversMine && roomBelow) ? 'below' : 'above',
    horizontal: caret.left + width > sight.right ? 'left' : 'right',
    shift: 0,
  }
}

/** No less than it will be: measuring it would cost a layout for each caret. */
function widthOf(name: string): number {
  const letters = [...name].reduce((sum, letter) => sum + (letter < '\u0500' ? LETTER : WIDE_LETTER), 0)
  return Math.min(FLAG_WIDTH, PADDING + letters)
}

/** Black or white, whichever is read better on the colour: the relative luminance of WCAG 2.2, and its even point 0.179. */
export function labelColor(color: string): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(Number.parseInt(color.slice(at, at + 2), 16) / 255),
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
}
