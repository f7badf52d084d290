/** A part of the page that is fetched when it is first wanted. Null while it is on its way, and where it cannot be had. */
import { useEffect, useEffectEvent, useState } from 'react'
import { untilHere } from './until-here.ts'

export function useLater<T>(wanted: boolean, fetch: () => Promise<T>, onFailure?: () => void): T | null {
  const [part, setPart] = useState<{ readonly value: T } | null>(null)
  const fail = useEffectEvent(() => onFailure?.())
  useEffect(() => {
    if (!wanted || part !== null) return
    return untilHere(
      fetch,
      (value) => setPart({ value }),
      () => fail(),
    )
  }, [wanted, part, fetch])
  return part?.value ?? null
}
