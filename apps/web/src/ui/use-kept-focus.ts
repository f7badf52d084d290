/** What has the focus and goes, as a button does whose work is done, takes it along: somebody has to say where it is then. */
import { useEffect, useEffectEvent } from 'react'

export function useKeptFocus(focusNext: () => void): void {
  const lost = useEffectEvent(focusNext)
  useEffect(() => {
    let last: Element | null = null
    const note = ({ target }: FocusEvent): void => {
      if (target instanceof Element) last = target
    }
    // A frame later: whoever knows better where to go has gone there by then.
    const look = (): void => {
      requestAnimationFrame(() => {
        if (document.activeElement !== document.body) return
        const isGone = last?.isConnected === false
        last = null
        // On a touch screen the keyboard would come up.
        if (isGone && matchMedia('(pointer: fine)').matches) lost()
      })
    }
    const changes = new MutationObserver(() => {
      if (last?.isConnected === false) look()
    })
    changes.observe(document.body, { childList: true, subtree: true })
    document.addEventListener('focusin', note)
    document.addEventListener('focusout', look)
    return () => {
      changes.disconnect()
      document.removeEventListener('focusin', note)
      document.removeEventListener('focusout', look)
    }
  }, [])
}
