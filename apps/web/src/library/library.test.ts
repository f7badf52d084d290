import { type DocumentId, parseDocumentId } from '@manyhands/protocol'
import { expect, test } from 'vitest'
import type { KnownDocument } from './known-document.ts'
import { readKnown, readTags, seen } from './known-document.ts'
import { type Library, libraryIn } from './library.ts'

const [A, B, C] = ['a', 'b', 'c'].map((letter) => parseDocumentId(letter.repeat(26)) as DocumentId) as [
  DocumentId,
  DocumentId,
  DocumentId,
]

/** The browser's storage, with a limit that a test may move. */
class Shelf implements Storage {
  room = Number.POSITIVE_INFINITY
  private readonly entries = new Map<string, string>()

  get length(): number {
    return this.entries.size
  }
  key(index: number): string | null {
    return [...this.entries.keys()][index] ?? null
  }
  getItem(key: string): string | null {
    return this.entries.get(key) ?? null
  }
  setItem(key: string, value: string): void {
    if (!this.entries.has(key) && this.entries.size >= this.room) throw new DOMException('Full', 'QuotaExceededError')
    this.entries.set(key, value)
  }
  removeItem(key: string): void {
    this.entries.delete(key)
  }
  clear(): void {
    this.entries.clear()
  }
}

/** A page of this device; `tell` is what the browser does when another tab has written. */
function page(open: () => Storage): { readonly library: Library; readonly tell: () => void } {
  const listeners = new Set<() => void>()
  const onOtherTabs = (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  const library = libraryIn({ open, onOtherTabs, parseAddress: parseDocumentId })
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  return { library, tell }
}

function see(library: Library, id: DocumentId, title: string, at = 1): void {
  library.change(id, (known) => seen(id, known, { title, opening: '', at, changed: false }))
}

const titlesIn = ({ documents }: Library): readonly string[] => documents.map(({ title }) => title)

test('what was seen is there after a reload, and is the same array until it changes', () => {
  const shelf = new Shelf()
  see(page(() => shelf).library, A, 'Field notes')
  const { library } = page(() => shelf)
  expect(titlesIn(library)).toEqual(['Field notes'])
  expect(library.documents).toBe(library.documents)
  expect(library.hindrance).toBeNull()
})

test('two tabs that write about two documents keep both, and each hears of the other', () => {
  const shelf = new Shelf()
  const [one, other] = [page(() => shelf), page(() => shelf)]
  let heard = 0
  other.library.subscribe(() => heard++)
  see(other.library, A, 'A')
  expect(titlesIn(one.library)).toEqual(['A'])
  see(one.library, B, 'B')
  other.tell()
  expect(heard).toBe(2)
  expect(titlesIn(other.library)).toEqual(['A', 'B'])
})

test('what another tab has changed meanwhile is what is changed', () => {
  const shelf = new Shelf()
  const [one, other] = [page(() => shelf).library, page(() => shelf).library]
  see(one, A, 'Old')
  expect(titlesIn(other)).toEqual(['Old'])
  one.change(A, (known) => known && { ...known, tags: ['work'] })
  see(other, A, 'New')
  expect(readKnown(A, shelf.getItem(`manyhands.document.${A}`) ?? '')).toMatchObject({ title: 'New', tags: ['work'] })
})

test('a full device says so, keeps for the page what does not fit, and writes it down when there is room', () => {
  const shelf = new Shelf()
  const { library } = page(() => shelf)
  see(library, A, 'A')
  shelf.room = 1
  see(library, B, 'B')
  expect(library.hindrance).toBe('full')
  expect(titlesIn(library)).toEqual(['A', 'B'])
  expect(page(() => shelf).library.hindrance).toBe('full')

  library.change(A, () => null)
  expect(library.hindrance).toBeNull()
  expect(titlesIn(page(() => shelf).library)).toEqual(['B'])
})

test('where storage is blocked the list lasts as long as the page, and says so', () => {
  const { library } = page(() => {
    throw new DOMException('Blocked', 'SecurityError')
  })
  expect(library.hindrance).toBe('blocked')
  see(library, C, 'C')
  expect(titlesIn(library)).toEqual(['C'])
  library.change(C, () => null)
  expect(titlesIn(library)).toEqual([])
})

test.each([
  '',
  'null',
  '[]',
  '{}',
  '{"title":5}',
  '{"title":"a","openedAt":"x","changedAt":1,"tags":[]}',
  '{"title":"a","openedAt":1e99,"changedAt":1,"tags":[]}',
])('an entry of %j is no document, and does no harm', (stored) => {
  const shelf = new Shelf()
  shelf.setItem(`manyhands.document.${A}`, stored)
  shelf.setItem('manyhands.document.nonsense', stored)
  shelf.setItem('manyhands.name', 'Ana')
  see(page(() => shelf).library, B, 'B')
  expect(titlesIn(page(() => shelf).library)).toEqual(['B'])
})

test('seeing a document again keeps its tags and its place in the trash', () => {
  const before: KnownDocument = {
    id: A,
    title: 'Old',
    opening: '',
    openedAt: 1,
    changedAt: 1,
    tags: ['work'],
    trashedAt: 7,
  }
  expect(seen(A, before, { title: 'New', opening: '', at: 9, changed: false })).toEqual({
    ...before,
    title: 'New',
    openedAt: 9,
  })
  expect(seen(A, before, { title: 'Old', opening: '', at: 9, changed: true }).changedAt).toBe(9)
})

test('tags are what stands between commas, each once', () => {
  expect(readTags(' work, #Ideas,work ,, Work,\u202Ehidden')).toEqual(['work', 'Ideas', 'hidden'])
  expect(readTags(Array.from({ length: 30 }, (_, i) => i).join())).toHaveLength(20)
})
