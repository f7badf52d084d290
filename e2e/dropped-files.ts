/** Files that somebody lets fall on a page, as the browser tells of them. */
import type { Locator } from '@playwright/test'

export interface DroppedFile {
  readonly name: string
  readonly content: string | number[]
}

/** In the middle of the target, or of the page in it if it is a frame. Resolves with whether the page has taken them: else the browser would leave it, to show them. */
export function dropFiles(target: Locator, files: readonly DroppedFile[]): Promise<boolean> {
  return target.evaluate((element, dropped) => {
    const dataTransfer = new DataTransfer()
    for (const { name, content } of dropped) {
      const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
      dataTransfer.items.add(new File([bytes], name))
    }
    const target = (element instanceof HTMLIFrameElement && element.contentDocument?.body) || element
    const { left, top, width, height } = target.getBoundingClientRect()
    const place = { clientX: left + width / 2, clientY: top + height / 2 }
    return ['dragenter', 'dragover', 'drop']
      .map((type) => new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true, ...place }))
      .map((event) => !target.dispatchEvent(event))
      .slice(1)
      .every(Boolean)
  }, files)
}
