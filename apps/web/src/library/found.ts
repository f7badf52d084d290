/** Which of the known documents are shown, and in what order. */
import { type KnownDocument, ownNameOf } from './known-document.ts'

export const ORDERS = ['opened', 'changed', 'title'] as const
export type Order = (typeof ORDERS)[number]

export interface Wish {
  /** Words that stand in the title, or in the first words where there is none, or in a tag, in any order, however they are capitalised or accented. */
  readonly query: string
  readonly tag: string | null
  /** The trash has an order of its own: what was thrown away last comes first. */
  readonly trashed: boolean
  readonly order: Order
}

/** `collator` orders titles as the person's language does. */
export function found(
  documents: readonly KnownDocument[],
  wish: Wish,
  collator: Intl.Collator,
): readonly KnownDocument[] {
  const words = plain(wish.query).split(/\s+/).filter(Boolean)
  const byTitle = (a: KnownDocument, b: KnownDocument): number => collator.compare(ownNameOf(a), ownNameOf(b))
  return documents
    .filter(({ trashedAt }) => (trashedAt !== null) === wish.trashed)
    .filter(({ tags }) => wish.tag === null || tags.some((tag) => sameTag(tag, wish.tag)))
    .filter((document) => hasAll(plain([ownNameOf(document), ...document.tags].join(' ')), words))
    .sort((a, b) => by(a, b) || byTitle(a, b))

  function by(a: KnownDocument, b: KnownDocument): number {
    if (wish.trashed) return Number(b.trashedAt) - Number(a.trashedAt)
    if (wish.order === 'opened') return b.openedAt - a.openedAt
    if (wish.order === 'changed') return b.changedAt - a.changedAt
    // What has no name has no place in the alphabet.
    return Number(ownNameOf(a) === '') - Number(ownNameOf(b) === '') || byTitle(a, b) || b.openedAt - a.openedAt
  }
}

/** The tags of these documents, each once, in the order of the alphabet. */
export function tagsOf(documents: readonly KnownDocument[], collator: Intl.Collator): readonly string[] {
  const tags = new Map<string, string>()
  for (const tag of documents.flatMap((document) => document.tags)) {
    if (!tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag)
  }
  return [...tags.values()].sort(collator.compare)
}

export function sameTag(a: string, b: string | null): boolean {
  return a.toLowerCase() === b?.toLowerCase()
}

function hasAll(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word.replace(/^#(?=.)/, '')))
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
