/** A link to a place in the same text scrolls there. All others open in a window of their own, by themselves. */
import { HEADING } from '../markdown/heading-id.ts'

/** Whether the press was on a link. */
export function followLinks(page: Document, event: MouseEvent): boolean {
  const { target } = event
  const href = isElement(target) ? target.closest('a[href]')?.getAttribute('href') : null
  if (typeof href !== 'string') return false
  if (href.startsWith('#')) {
    event.preventDefault()
    placeOf(page, href.slice(1))?.scrollIntoView({ block: 'start' })
  }
  return true
}

/** A node of the frame is no instance of this window's classes. */
export function isElement(target: EventTarget | null): target is Element {
  return target !== null && 'closest' in target
}

function placeOf(page: Document, name: string): Element | null {
  const id = decoded(name)
  return page.getElementById(id) ?? page.getElementById(HEADING + id.toLowerCase())
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
