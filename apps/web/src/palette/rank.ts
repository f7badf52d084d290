/** Which of many names somebody means who has typed a few of their letters. */

interface Named {
  readonly id: string
  readonly name: string
}

/**
 * The items whose names have the letters of the query in their order, the likeliest first: letters that stand together and that begin
 * words count most. Without a query everything, what was used last first.
 */
export function rank<T extends Named>(items: readonly T[], query: string, recent: readonly string[]): readonly T[] {
  const wanted = plain(query).replace(/\s+/g, '')
  const age = ({ id }: T): number => (recent.includes(id) ? recent.indexOf(id) : recent.length)
  if (wanted === '') return items.toSorted((a, b) => age(a) - age(b))
  return items
    .map((item) => ({ item, likeness: likeness(plain(item.name), wanted) }))
    .filter(({ likeness }) => likeness > 0)
    .sort((a, b) => b.likeness - a.likeness || age(a.item) - age(b.item))
    .map(({ item }) => item)
}

const STARTS_WORD = 4
const FOLLOWS = 3

/** 0 where a letter is missing. Tries each place where the first letter stands, and takes the best. */
function likeness(name: string, wanted: string): number {
  let best = 0
  for (let start = name.indexOf(wanted.charAt(0)); start >= 0; start = name.indexOf(wanted.charAt(0), start + 1)) {
    best = Math.max(best, likenessFrom(name, wanted, start))
  }
  return best
}

function likenessFrom(name: string, wanted: string, start: number): number {
  let at = start - 1
  let sum = 0
  for (const letter of wanted) {
    const next = name.indexOf(letter, at + 1)
    if (next < 0) return 0
    sum += 1
    if (next === 0 || !/\p{L}|\p{N}/u.test(name.charAt(next - 1))) sum += STARTS_WORD
    else if (next === at + 1) sum += FOLLOWS
    at = next
  }
  return sum / (1 + name.length / 100)
}

/** Without case and accents: who types 'ecran' means 'écran'. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}
