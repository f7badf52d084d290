/** Beside the text, never on it: whom I follow, and who edits where I do not look. */
import { ArrowDown, ArrowUp, Eye, X } from 'lucide-react'
import { type CSSProperties, type ReactNode, useEffect, useState } from 'react'
import { labelOn } from '../people/wheel.ts'
import { texts } from '../texts.ts'
import type { Following } from './following.ts'
import type { Together } from './together.ts'
import type { Elsewhere } from './use-elsewhere.ts'

export function TogetherLine({ together }: { readonly together: Together }): ReactNode {
  const { following, elsewhere } = together
  const news = useFollowNews(following)
  return (
    <>
      {following !== null && <div className="follow-frame" style={colors(following.person.color)} />}
      {elsewhere !== null && <Glow key={`${elsewhere.person.name} ${elsewhere.direction}`} {...elsewhere} />}
      {(following !== null || elsewhere !== null) && (
        <div className="together-line">
          {following !== null && <FollowingChip following={following} onStop={together.stop} />}
          {elsewhere !== null && <ElsewhereButton elsewhere={elsewhere} onGo={together.goToEditing} />}
        </div>
      )}
      <p className="unseen" role="status">
        {news}
      </p>
    </>
  )
}

function FollowingChip({
  following,
  onStop,
}: {
  readonly following: Following
  readonly onStop: () => void
}): ReactNode {
  const name = following.person.name || texts.people.unnamed
  return (
    <span className="following" style={colors(following.person.color)}>
      <Eye size={14} aria-hidden="true" />
      <span className="together-text">{texts.together.following(name)}</span>
      <button type="button" aria-label={texts.actions.stopFollowing} title={texts.together.escStops} onClick={onStop}>
        <X size={14} aria-hidden="true" />
      </button>
    </span>
  )
}

function ElsewhereButton({ elsewhere, onGo }: { readonly elsewhere: Elsewhere; readonly onGo: () => void }): ReactNode {
  const Arrow = elsewhere.direction === 'above' ? ArrowUp : ArrowDown
  return (
    <button type="button" className="elsewhere" onClick={onGo}>
      <span className="elsewhere-color" style={colors(elsewhere.person.color)} />
      <span className="together-text">
        {texts.together.editing[elsewhere.direction](elsewhere.person.name || texts.people.unnamed)}
      </span>
      <Arrow size={14} aria-hidden="true" />
    </button>
  )
}

/** A breath of their colour at the edge behind which they write. */
function Glow({ person, direction }: Elsewhere): ReactNode {
  return <div className={`glow glow-${direction}`} style={colors(person.color)} />
}

function colors(color: string): CSSProperties {
  return { '--who': color, '--on-who': labelOn(color) } as CSSProperties
}

/** For who listens: when following begins, and when it ends. */
function useFollowNews(following: Following | null): string {
  const [last, setLast] = useState<string | null>(null)
  const name = following && (following.person.name || texts.people.unnamed)
  useEffect(() => {
    if (name !== null) setLast(name)
  }, [name])
  if (name !== null) return texts.together.following(name)
  return last === null ? '' : texts.together.stopped(last)
}
