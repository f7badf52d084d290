/** Three carets of three people: the sign of Manyhands. */
import type { ReactNode } from 'react'

export function BrandMark({ size }: { readonly size: number }): ReactNode {
  return (
    <svg className="brand-mark" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <rect x="3" y="4" width="4" height="16" rx="2" fill="#4660db" />
      <rect x="10" y="8" width="4" height="12" rx="2" fill="#c52d1f" />
      <rect x="17" y="4" width="4" height="16" rx="2" fill="#008171" />
    </svg>
  )
}
