/** Times as people say them: how long ago while that is near, a date when it is not. */
import type { Language } from '../language/language.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** A clock that has been set back makes no time of the future: what lies there is now. */
export function agoText(time: number, now: number, language: Language): string {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  const ago = Math.max(0, now - time)
  if (ago < MINUTE) return relative.format(0, 'second')
  if (ago < HOUR) return relative.format(-Math.floor(ago / MINUTE), 'minute')
  const days = midnightsBetween(time, now)
  if (days === 0) return relative.format(-Math.floor(ago / HOUR), 'hour')
  if (days < 7) return relative.format(-days, 'day')
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(time)
}

export function exactText(time: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short' }).format(time)
}

function midnightsBetween(from: number, to: number): number {
  // The day of a change of the clock has an hour more or less.
  return Math.max(0, Math.round((midnightBefore(to) - midnightBefore(from)) / DAY))
}

function midnightBefore(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0)
}
