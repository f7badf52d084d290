import { seededRandom } from '@manyhands/testkit'
import { applyEdits, Doc, incarnation, type ReplicaId, randomReplicaId, replicaId, type Update } from '../src/index.ts'

export const INCARNATION = incarnation('00112233445566778899aabbccddeeff')

export function newDoc(replica = 1): Doc {
  return Doc.create({ replica: replicaId(replica), incarnation: INCARNATION })
}

/** Somebody with a copy and a caret. What they do is kept until `meet` hands it to the others. */
export class Person {
  readonly doc: Doc
  caret = 0
  private updates: Update[] = []

  constructor(replica: ReplicaId, doc?: Doc) {
    this.doc = doc ?? Doc.create({ replica, incarnation: INCARNATION })
  }

  goes(index: number): this {
    this.caret = index
    return this
  }

  /** Behind the first place where this stands. */
  goesBehind(text: string): this {
    return this.goes(this.doc.text().indexOf(text) + text.length)
  }

  /** One edit per character. */
  types(text: string): this {
    for (const character of text) this.pastes(character)
    return this
  }

  /** From right to left: each character is put before the last. */
  typesBackwards(text: string): this {
    const start = this.caret
    for (const character of [...text].reverse()) this.goes(start).pastes(character)
    return this
  }

  pastes(text: string): this {
    return this.does({ from: this.caret, to: this.caret, insert: text }).goes(this.caret + text.length)
  }

  erases(from: number, to: number): this {
    return this.does({ from, to, insert: '' }).goes(from)
  }

  does(...edits: Parameters<Doc['edit']>[0]): this {
    this.updates.push(this.doc.edit(edits))
    return this
  }

  takeUpdates(): readonly Update[] {
    return this.updates.splice(0)
  }

  hears(updates: readonly Update[]): void {
    for (const update of updates) {
      const before = this.doc.text()
      if (applyEdits(before, this.doc.apply(update)) !== this.doc.text())
        throw new Error('The edits answered are wrong')
    }
  }
}

/** People with ids in a random order, since the order of ids must not matter to what they can expect. */
export function people<N extends number>(count: N, seed: number): readonly Person[] & { readonly length: number } {
  const random = seededRandom(seed)
  return Array.from({ length: count }, () => new Person(randomReplicaId(random)))
}

/** Everybody tells everybody what they did since the last time. Answers the text that all have then. */
export function meet(...persons: readonly Person[]): string {
  const told = persons.map((person) => person.takeUpdates())
  persons.forEach((person, i) => {
    for (const [j, updates] of told.entries()) if (i !== j) person.hears(updates)
  })
  const texts = new Set(persons.map(({ doc }) => doc.text()))
  const [text] = texts
  if (texts.size !== 1 || text === undefined) throw new Error(`They see different texts: ${[...texts].join(' | ')}`)
  return text
}
