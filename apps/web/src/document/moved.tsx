/** Calm news after a move to another server: nothing to do, nothing in the way, gone by itself. */
import { Check } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useEnvironment } from '../environment.ts'
import { texts } from '../texts.ts'

/** Long enough to be read twice. */
const SHOWN_FOR = 6000

/** Whether the last move is news. */
export function useMoved(moves: number): boolean {
  const { clock } = useEnvironment()
  const [known, setKnown] = useState(moves)
  useEffect(() => clock.after(SHOWN_FOR, () => setKnown(moves)), [clock, moves])
  return moves > known
}

/** Who listens hears the same from `Spoken`. */
export function Moved(): ReactNode {
  return (
    <p className="moved" aria-hidden="true">
      <Check className="moved-sign" size={16} />
      {texts.moved}
    </p>
  )
}
