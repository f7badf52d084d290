import { encodeVersion } from '@manyhands/crdt'
import type { DocumentId } from '@manyhands/protocol'
import { PlainDoc } from '@manyhands/testkit'
import type { Book, Place } from './book.ts'
import type { DevicePlace } from './browser.ts'
import type { Platter, StoredPlace } from './platter.ts'
import type { Tab } from './tab.ts'

/** One document of a world, wherever it is. */
export interface Scene {
  readonly document: DocumentId
  readonly book: Book
  readonly tabs: readonly Tab[]
  readonly platters: readonly Platter[]
  readonly disks: readonly StoredPlace[]
  readonly devices: readonly Place[]
  readonly homes: readonly Home[]
}

/** One document in one browser, when nobody has come or gone for a while. */
export interface Home {
  readonly tabs: readonly Tab[]
  readonly gone: readonly Tab[]
  readonly device: DevicePlace
}

/** What is not as it must be at every moment. */
export function faultsNow({ book, tabs, disks, homes }: Scene): readonly string[] {
  return [
    ...tabs.flatMap((tab) => tab.faults(disks)),
    ...homes.flatMap((home) => faultsOfHome(home, book, disks)),
    ...disks.flatMap(({ name, doc }) => book.oddities(doc.text()).map((oddity) => `On the disk of ${name} ${oddity}`)),
    ...hashFaults([
      ...tabs.map(({ name, client }) => ({ name, hash: client.hash(), text: client.text() })),
      ...disks.map(({ name, doc }) => ({ name, hash: doc.stateHash(), text: doc.text() })),
    ]),
  ]
}

/** [S5] What a tab that has gone left on the device is counted by somebody who is there. */
function faultsOfHome({ tabs, gone, device }: Home, book: Book, disks: readonly Place[]): readonly string[] {
  const left = book.left(gone, disks, device)
  const shown = tabs.reduce((sum, { client }) => sum + client.state.unsavedCharacters, 0)
  const names = tabs.map(({ name }) => name).join(', ')
  return shown < left ? [`[S5] ${left} characters were left on ${device.name}, and ${names} count ${shown}`] : []
}

/** [L1] When all is well again, everybody has the same, and it is what was typed. */
export async function faultsAtTheEnd(scene: Scene): Promise<readonly string[]> {
  const { document, tabs, platters, disks } = scene
  const [first] = disks
  if (first === undefined || disks.length < platters.length)
    return [`[L1] ${document} is on ${disks.length} disks of ${platters.length}`]
  if (disks.every(({ isRotten }) => isRotten)) return tabs.flatMap(faultsOfReader)
  const [text, hash] = [first.doc.text(), first.doc.stateHash()]
  const faults = scene.book.faultsOf(first).map((fault) => `[S2] At the end ${fault}`)
  for (const { name, doc, isRotten } of disks) {
    if (isRotten) faults.push(`[D3] The disk of ${name} is damaged, and another one is whole`)
    if (doc.stateHash() !== hash) faults.push(`[L1] The disk of ${name} has ${doc.text()}, not ${text}`)
    if (!sameBytes(encodeVersion(doc.version()), encodeVersion(first.doc.version())))
      faults.push(`[L1] The disk of ${name} has another version`)
  }
  for (const { name, client } of tabs) {
    const { connection, unsavedCharacters } = client.state
    if (connection !== 'live') faults.push(`[L1] ${name} is ${connection}`)
    if (unsavedCharacters > 0) faults.push(`[L1] ${name} has ${unsavedCharacters} characters not saved`)
    if (client.hash() !== hash) faults.push(`[L1] ${name} has ${client.text()}, not ${text}`)
    if (client.title !== tabs[0]?.client.title) faults.push(`[L1] ${name} has the title ${client.title}`)
  }
  for (const platter of platters) faults.push(...(await platter.faults()))
  return [...faults, ...authorFaults(scene, first), ...twinFaults(first)]
}

/** Nobody has what was lost: whoever is there reads what is left, and keeps what they type. */
function faultsOfReader({ name, client }: Tab): readonly string[] {
  const { connection, role, reason } = client.state
  const isTold = connection === 'live' && role === 'reader' && reason === 'damaged'
  return isTold ? [] : [`[D2] ${name} is ${connection} as a ${role} because of ${reason}, of a damaged document`]
}

/** [S4] Equal hashes, equal texts. */
function hashFaults(copies: readonly { name: string; hash: string; text: string }[]): readonly string[] {
  const texts = new Map<string, { name: string; text: string }>()
  return copies.flatMap(({ name, hash, text }) => {
    const other = texts.get(hash)
    if (other === undefined) texts.set(hash, { name, text })
    return other === undefined || other.text === text
      ? []
      : [`[S4] ${name} and ${other.name} have the hash ${hash}, but ${text} and ${other.text}`]
  })
}

/** Whoever typed a character has typed it still, however often it went and came back. */
function authorFaults({ book }: Scene, { doc }: StoredPlace): readonly string[] {
  return [...doc.text()].flatMap((unit, i) => {
    const { id, source } = doc.authorOf(i)
    const author = (source ?? id).replica
    const typed = book.allOf(unit)[0]?.id.replica
    return author === typed ? [] : [`${unit} was typed by ${typed} and stands under ${author}`]
  })
}

function twinFaults({ doc }: StoredPlace): readonly string[] {
  const twin = new PlainDoc()
  twin.apply(doc.encode())
  const isSame = twin.text() === doc.text() && twin.stateHash() === doc.stateHash()
  return isSame ? [] : [`The twin has ${twin.text()}, not ${doc.text()}`]
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
