/** Fetches what finds in the text, when somebody asks for it or the page has stood for a moment. */
import { Compartment, type Extension } from '@codemirror/state'
import type { Command, EditorView } from '@codemirror/view'

type Finding = typeof import('./finding.ts')
type FindingCommand = { [Name in keyof Finding]: Finding[Name] extends Command ? Name : never }[keyof Finding]

/** By then whoever came to write can do so. */
export const FIND_AFTER = 500

const place = new Compartment()
const nothing: Extension = []

export const placeForFinding: Extension = place.of(nothing)

/** Does it as soon as it can be done; not at all where it cannot be fetched, which is tried again the next time. */
export async function whenFetched(view: EditorView, name: FindingCommand | null): Promise<void> {
  const fetched = await import('./finding.ts').catch(() => null)
  if (fetched === null) return
  if (place.get(view.state) === nothing) view.dispatch({ effects: place.reconfigure(fetched.finding()) })
  if (name !== null) fetched[name](view)
}
