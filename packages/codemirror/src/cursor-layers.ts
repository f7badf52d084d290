import { EditorSelection, type Extension, type SelectionRange } from '@codemirror/state'
import { Direction, type EditorView, type LayerMarker, layer, RectangleMarker, type ViewUpdate } from '@codemirror/view'
import { cursorField, looksLike, type RemoteCursor, showCursors } from './cursors.ts'
import { type CaretBox, type FlagPlace, labelColor, placeFlag, type Sight } from './flag.ts'

/** The others' selections under the text, their carets and flags over it: drawn in layers, so that the text itself is not touched. */
export const cursorLayers: Extension = [
  layer({ above: false, class: 'mh-selections', update: concerned, markers: selectionMarkers }),
  layer({ above: true, class: 'mh-carets', update: concerned, markers: caretMarkers }),
]

function concerned(update: ViewUpdate): boolean {
  const told = update.transactions.some(({ effects }) => effects.some((effect) => effect.is(showCursors)))
  return told || update.docChanged || update.selectionSet || update.viewportChanged
}

function selectionMarkers(view: EditorView): readonly LayerMarker[] {
  return view.state.field(cursorField).flatMap(({ anchor, head, color }) => {
    if (anchor === head) return []
    const rectangles = RectangleMarker.forRange(view, 'mh-selection', EditorSelection.range(anchor, head))
    return rectangles.map((rectangle) => new SelectionMarker(rectangle, color))
  })
}

function caretMarkers(view: EditorView): readonly LayerMarker[] {
  const cursors = view.state.field(cursorField)
  if (cursors.length === 0) return []
  const mine = boxAt(view, EditorSelection.cursor(view.state.selection.main.head))
  const sight = sightOf(view)
  const flagged = new Set<number>()
  return cursors.flatMap((cursor) => {
    const box = boxAt(view, EditorSelection.cursor(cursor.head))
    if (box === null) return []
    // Two people in one line: the flag of one of them is beside it.
    const lineEnd = flagged.has(box.top) ? null : endOfLine(view, cursor.head, box)
    const place = placeFlag(box, { name: cursor.name, lineEnd }, sight, mine)
    if (place.vertical === 'beside') flagged.add(box.top)
    return [new CaretMarker(cursor, box, place)]
  })
}

/** Where the last character ends in the line on the screen that has this caret; null where text runs to the left. */
function endOfLine(view: EditorView, index: number, { top, height }: CaretBox): number | null {
  if (view.textDirectionAt(index) === Direction.RTL) return null
  const end = boxAt(view, view.moveToLineBoundary(EditorSelection.cursor(index), true))
  const isSameLine = end !== null && end.top < top + height && end.top + end.height > top
  return isSameLine ? end.left : null
}

function boxAt(view: EditorView, cursor: SelectionRange): CaretBox | null {
  return RectangleMarker.forRange(view, '', cursor)[0] ?? null
}

function sightOf(view: EditorView): Sight {
  const { scrollTop, scrollLeft, clientWidth, clientHeight } = view.scrollDOM
  const { scaleX, scaleY } = view
  return {
    top: scrollTop * scaleY,
    right: (scrollLeft + clientWidth) * scaleX,
    bottom: (scrollTop + clientHeight) * scaleY,
  }
}

class SelectionMarker implements LayerMarker {
  private readonly rectangle: RectangleMarker
  private readonly color: string

  constructor(rectangle: RectangleMarker, color: string) {
    this.rectangle = rectangle
    this.color = color
  }

  eq(other: LayerMarker): boolean {
    return other instanceof SelectionMarker && this.color === other.color && this.rectangle.eq(other.rectangle)
  }

  draw(): HTMLElement {
    const dom = this.rectangle.draw()
    dom.style.setProperty('--mh-color', this.color)
    return dom
  }

  update(dom: HTMLElement, old: LayerMarker): boolean {
    if (!(old instanceof SelectionMarker)) return false
    dom.style.setProperty('--mh-color', this.color)
    return this.rectangle.update(dom, old.rectangle)
  }
}

class CaretMarker implements LayerMarker {
  private readonly cursor: RemoteCursor
  private readonly box: CaretBox
  private readonly place: FlagPlace

  constructor(cursor: RemoteCursor, box: CaretBox, place: FlagPlace) {
    this.cursor = cursor
    this.box = box
    this.place = place
  }

  eq(other: LayerMarker): boolean {
    return (
      other instanceof CaretMarker &&
      looksLike(this.cursor, other.cursor) &&
      sameBox(this.box, other.box) &&
      samePlace(this.place, other.place)
    )
  }

  draw(): HTMLElement {
    const dom = document.createElement('div')
    for (const part of ['mh-tab', 'mh-flag']) dom.appendChild(document.createElement('div')).className = part
    this.adjust(dom)
    return dom
  }

  update(dom: HTMLElement, old: LayerMarker): boolean {
    if (!(old instanceof CaretMarker) || old.cursor.member !== this.cursor.member) return false
    this.adjust(dom)
    return true
  }

  private adjust(dom: HTMLElement): void {
    dom.className = this.classes()
    dom.style.left = `${this.box.left}px`
    dom.style.top = `${this.box.top}px`
    dom.style.height = `${this.box.height}px`
    dom.style.setProperty('--mh-color', this.cursor.color)
    dom.style.setProperty('--mh-label', labelColor(this.cursor.color))
    dom.style.setProperty('--mh-shift', `${this.place.shift}px`)
    if (dom.lastElementChild) dom.lastElementChild.textContent = this.cursor.name
  }

  /** Two animations of different names and equal looks take turns, because an animation begins anew only under another name. */
  private classes(): string {
    const { idle, moves } = this.cursor
    const turn = moves % 2 === 0 ? 'mh-moved-even' : 'mh-moved-odd'
    return [
      'mh-caret',
      `mh-${this.place.vertical}`,
      `mh-${this.place.horizontal}`,
      turn,
      ...(idle ? ['mh-idle'] : []),
    ].join(' ')
  }
}

function sameBox(a: CaretBox, b: CaretBox): boolean {
  return a.left === b.left && a.top === b.top && a.height === b.height
}

function samePlace(a: FlagPlace, b: FlagPlace): boolean {
  return a.vertical === b.vertical && a.horizontal === b.horizontal && a.shift === b.shift
}
