import type { Id, IdRange } from '@manyhands/crdt'

/**
 * A character that somebody typed, or that undo has brought back. No two that were typed are alike, so that each can be looked
 * for; what has come back is a copy, with an id of its own.
 */
export interface Character {
  readonly unit: string
  readonly id: Id
}

/** Where a document may be: on a disk, or in an open tab. */
export interface Place {
  readonly name: string
  readonly isDisk: boolean
  /** Whether it has ever heard of the character, */
  knows(character: Character): boolean
  /** and whether its text has it. */
  shows(character: Character): boolean
}

/** A character typed or erased: what must not be lost. */
interface Deed {
  readonly type: 'typed' | 'erased'
  readonly character: Character
  readonly by: Set<Place>
  /** Who did it was told that it is on so many disks, after so many disks had been lost. */
  promise: Pledge | null
  /** Everything that knew of it has gone, as such things may. */
  isExcused: boolean
  /** Some disk has had it, when somebody looked. */
  wasStored: boolean
}

interface Pledge {
  readonly disks: number
  readonly losses: number
}

/** What a push carries, and how many disks had been lost when it was sent. */
export interface Carried {
  readonly typed: readonly Id[]
  readonly erased: readonly Id[]
  readonly losses: number
}

/**
 * Everything that people did in one document, and what they have been told of it. It knows what the servers and clients
 * should, by other means: it sees keys pressed, words on the wire, and disks.
 */
export class Book {
  /** What has come back, ever. */
  readonly copied = new Set<string>()
  /** The first is the one that was typed; the others are copies of it. */
  private readonly characters = new Map<string, readonly Character[]>()
  private readonly byId = new Map<string, Character>()
  private readonly typings = new Map<Character, Deed>()
  private readonly erasures = new Map<Character, Deed>()
  private disksLost = 0

  get losses(): number {
    return this.disksLost
  }

  typed(unit: string, id: Id, by: Place): void {
    const character = { unit, id }
    this.characters.set(unit, [...this.allOf(unit), character])
    if (this.allOf(unit).length > 1) this.copied.add(unit)
    this.byId.set(nameOf(id), character)
    this.typings.set(character, newDeed('typed', character, by))
  }

  erased(id: Id, by: Place): void {
    const character = this.byId.get(nameOf(id))
    if (character === undefined) throw new Error(`Nobody typed ${nameOf(id)}`)
    const deed = this.erasures.get(character)
    if (deed === undefined || deed.isExcused) this.erasures.set(character, newDeed('erased', character, by))
    else deed.by.add(by)
  }

  /** All that was done in this place, and that no lost disk excuses. */
  doneIn(place: Place): Pick<Carried, 'typed' | 'erased'> {
    const idsOf = (deeds: ReadonlyMap<Character, Deed>): readonly Id[] =>
      [...deeds.values()]
        .filter((deed) => deed.by.has(place) && !deed.isExcused && (deed.promise === null || this.owed(deed) > 0))
        .map(({ character }) => character.id)
    return { typed: idsOf(this.typings), erased: idsOf(this.erasures) }
  }

  /** What was typed as this, and what has come back of it. */
  allOf(unit: string): readonly Character[] {
    return this.characters.get(unit) ?? []
  }

  /** Somebody was told that this is on so many disks; it must be. */
  promised({ typed, erased, losses }: Carried, disks: number, places: readonly Place[]): readonly string[] {
    const deeds = [...this.deedsOf(typed, this.typings), ...this.deedsOf(erased, this.erasures)]
    for (const deed of deeds) {
      if (deed.promise === null || this.owed(deed) < disks - (this.disksLost - losses)) deed.promise = { disks, losses }
    }
    return deeds.flatMap((deed) => this.breach(deed, places))
  }

  /** A disk is gone, or a tab: what nobody else knew is lost, and nobody is to blame. */
  lost(place: Place, left: readonly Place[]): readonly string[] {
    if (place.isDisk) this.disksLost++
    const deeds = this.deeds()
    const broken = deeds.flatMap((deed) => this.breach(deed, left))
    for (const deed of deeds) {
      if (this.owed(deed) <= 0 && !left.some((other) => knows(other, deed))) deed.isExcused = true
    }
    return broken
  }

  /** [S5] How much of what was done here no server has, and nobody has said it had. */
  unsaved(by: Place, disks: readonly Place[]): number {
    return this.unstored(by, disks).length
  }

  /** What was done in tabs that have gone, and that they had noted on their device: how much of it no disk has ever had. */
  left(
    gone: readonly Place[],
    disks: readonly Place[],
    device: Place & { readonly noted: ReadonlySet<string> },
  ): number {
    const isLeft = (deed: Deed): boolean =>
      !deed.wasStored && device.noted.has(`${deed.type} ${nameOf(deed.character.id)}`) && knows(device, deed)
    return new Set(gone.flatMap((tab) => this.unstored(tab, disks).filter(isLeft))).size
  }

  /** A text in which each character was typed by somebody, and stands once, or as often as it has come back. */
  oddities(text: string): readonly string[] {
    const counts = new Map<string, number>()
    for (const unit of text) counts.set(unit, (counts.get(unit) ?? 0) + 1)
    return [...counts].flatMap(([unit, count]) => {
      const most = this.allOf(unit).length
      if (most === 0) return [`${unit} was never typed`]
      return count > most ? [`${unit} stands ${count} times`] : []
    })
  }

  /** What a place lacks, or has and should not have, when everybody has heard everything. */
  faultsOf(place: Place): readonly string[] {
    return [...this.typings.values()].flatMap(({ character, isExcused }) => {
      const { unit, id } = character
      const erasure = this.erasures.get(character)
      const isShown = place.shows(character)
      if (erasure !== undefined && !erasure.isExcused && isShown)
        return [`${unit} (${nameOf(id)}) was erased and is there`]
      return erasure === undefined && !isExcused && !isShown ? [`${unit} (${nameOf(id)}) was typed and is lost`] : []
    })
  }

  private unstored(by: Place, disks: readonly Place[]): readonly Deed[] {
    const mine = this.deeds().filter((deed) => deed.by.has(by) && deed.promise === null && !deed.isExcused)
    return mine.filter((deed) => {
      const isStored = disks.some((disk) => knows(disk, deed))
      deed.wasStored ||= isStored
      return !isStored
    })
  }

  private deeds(): readonly Deed[] {
    return [...this.typings.values(), ...this.erasures.values()]
  }

  private deedsOf(ids: readonly Id[], deeds: ReadonlyMap<Character, Deed>): readonly Deed[] {
    return ids.flatMap((id) => {
      const character = this.byId.get(nameOf(id))
      return (character && deeds.get(character)) ?? []
    })
  }

  /** On how many disks it must be, by what was promised and the disks lost since. */
  private owed({ promise }: Deed): number {
    return promise === null ? 0 : promise.disks - (this.disksLost - promise.losses)
  }

  private breach(deed: Deed, places: readonly Place[]): readonly string[] {
    const owed = this.owed(deed)
    const disks = places.filter((place) => place.isDisk && knows(place, deed))
    if (disks.length >= owed) return []
    const { unit, id } = deed.character
    const where = disks.map(({ name }) => name).join(', ')
    return [`[S1] ${unit} (${nameOf(id)}) ${deed.type}, said to be on ${owed} disks, is on ${disks.length}: ${where}`]
  }
}

function newDeed(type: Deed['type'], character: Character, by: Place): Deed {
  return { type, character, by: new Set([by]), promise: null, isExcused: false, wasStored: false }
}

function knows(place: Place, { type, character }: Deed): boolean {
  return place.knows(character) && (type === 'typed' || !place.shows(character))
}

export function idsIn(ranges: readonly IdRange[]): readonly Id[] {
  return ranges.flatMap(({ replica, from, to }) =>
    Array.from({ length: to - from }, (_, i) => ({ replica, seq: from + i })),
  )
}

/** An id as a key of maps. */
export function nameOf({ replica, seq }: Id): string {
  return `${replica}:${seq}`
}
