/**
 * The name of a heading within the page, as `h-what-we-saw`. With the prefix no heading is taken for something else that has
 * a name there. Two equal headings get `h-what-we-saw` and `h-what-we-saw-1`.
 */
export const HEADING = 'h-'

export function headingId(heading: string): string {
  const words = heading
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '')
  return HEADING + words.replace(/\s+/g, '-')
}

/** A function that makes each id it is given unlike those before. */
export function idsOf(): (id: string) => string {
  const given = new Map<string, number>()
  return (id) => {
    const times = given.get(id) ?? 0
    given.set(id, times + 1)
    return times === 0 ? id : `${id}-${times}`
  }
}
