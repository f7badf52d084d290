/** The time, renewed at intervals while somebody looks at it. */
import { useEffect, useState } from 'react'
import { useEnvironment } from '../environment.ts'

export function useNow(every: number, active: boolean): number {
  const { clock } = useEnvironment()
  const [now, setNow] = useState(() => clock.now())
  useEffect(() => {
    if (!active) return
    setNow(clock.now())
    const timer = setInterval(() => setNow(clock.now()), every)
    return () => clearInterval(timer)
  }, [clock, every, active])
  return now
}
