/** A document that this device knows: what was seen of it here, and what the person made of it. */
import { type Address, cleanName, cleanTitle } from '@manyhands/protocol'

export interface KnownDocument {
  /** Its id, or the link by which it can only be read: whoever has that does not know the id. */
  readonly id: Address
  /** As it was when last seen. */
  readonly title: string
  /** Its first words when it was last open here. */
  readonly opening: string
  /** When it was last opened here, and when it was last seen to change here: milliseconds since the epoch. */
  readonly openedAt: number
  readonly changedAt: number
  readonly tags: readonly string[]
  /** Null outside the trash. */
  readonly trashedAt: number | null
}

/** What a person seeing a document tells about it. */
export interface Sight {
  readonly title: string
  readonly opening: string
  readonly at: number
  readonly changed: boolean
}

/** More tags than anybody sorts by; they are cut as names are. */
const MAX_TAGS = 20

/** Its title, or how it begins; empty where there is neither. */
export function ownNameOf({ title, opening }: Pick<KnownDocument, 'title' | 'opening'>): string {
  return title || opening
}

/** The trash is left by being restored, not by being looked at. */
export function seen(id: Address, known: KnownDocument | null, { title, opening, at, changed }: Sight): KnownDocument {
  const before = known ?? { id, tags: [], trashedAt: null, changedAt: at }
  return { ...before, title, opening, openedAt: at, changedAt: changed ? at : before.changedAt }
}

/** Tags as a person writes them: with commas between, each once, however they are capitalised. */
export function readTags(text: string): readonly string[] {
  const tags = new Map<string, string>()
  for (const part of text.split(',')) {
    const tag = cleanName(part.replace(/^\s*#/, ''))
    if (tag !== '' && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag)
  }
  return [...tags.values()].slice(0, MAX_TAGS)
}

export function writeKnown({ id: _, ...rest }: KnownDocument): string {
  return JSON.stringify(rest)
}

/** Null for what is not a known document as `writeKnown` writes it: an older page, another one, or a damaged disk. */
export function readKnown(id: Address, stored: string): KnownDocument | null {
  const { title, opening, openedAt, changedAt, tags, trashedAt } = fieldsIn(stored)
  if (typeof title !== 'string' || !isTime(openedAt) || !isTime(changedAt) || !Array.isArray(tags)) return null
  return {
    id,
    title: cleanTitle(title),
    opening: typeof opening === 'string' ? cleanTitle(opening) : '',
    openedAt,
    changedAt,
    tags: readTags(tags.filter((tag) => typeof tag === 'string').join()),
    trashedAt: isTime(trashedAt) ? trashedAt : null,
  }
}

type Fields = Partial<Record<keyof KnownDocument, unknown>>

function fieldsIn(stored: string): Fields {
  try {
    const value: unknown = JSON.parse(stored)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** Within what a Date can say. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) <= 8.64e15
}
