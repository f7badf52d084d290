/** Files dropped anywhere on the page, and nowhere else: neither the browser nor the editor takes them. Says whether some are held over it just now. */
import { useEffect, useRef, useState } from 'react'

export function useFileDrop(onFiles: (files: readonly File[], event: DragEvent) => void): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(onFiles)
  useEffect(() => {
    latest.current = onFiles
  })
  useEffect(() => {
    // Every element that is entered and left tells of it; the page is left when all are.
    let inside = 0
    const enter = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      inside += 1
      setOver(true)
    }
    const leave = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      inside -= 1
      if (inside <= 0) setOver(false)
    }
    const hold = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault()
    }
    const drop = (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      inside = 0
      setOver(false)
      latest.current([...(event.dataTransfer?.files ?? [])], event)
    }
    const stop = new AbortController()
    const { signal } = stop
    window.addEventListener('dragenter', enter, { signal })
    window.addEventListener('dragleave', leave, { signal })
    window.addEventListener('dragover', hold, { signal })
    window.addEventListener('drop', drop, { signal, capture: true })
    return () => stop.abort()
  }, [])
  return over
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') ?? false
}
