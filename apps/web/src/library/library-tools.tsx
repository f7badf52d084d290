/** What narrows the list and orders it: words, tags, and which comes first. */
import { Search, X } from 'lucide-react'
import type { KeyboardEvent, ReactNode, Ref } from 'react'
import { texts } from '../texts.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { ORDERS, type Order } from './found.ts'

export interface LibraryToolsProps {
  readonly search: Ref<HTMLInputElement>
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly onClear: () => void
  /** Where the first document of the list is. */
  readonly first: string | null
  readonly order: Order
  /** Null where the order is not to be chosen. */
  readonly onOrder: ((order: Order) => void) | null
  readonly tags: readonly string[]
  readonly tag: string | null
  readonly onTag: (tag: string | null) => void
}

export function LibraryTools(props: LibraryToolsProps): ReactNode {
  const { query, onQuery, order, onOrder, first } = props
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onQuery('')
    if (event.key === 'Enter' && query !== '' && first !== null) location.assign(first)
    if (event.key === 'ArrowDown') {
      event.preventDefault()
      document.querySelector<HTMLElement>('.shelf-link')?.focus()
    }
  }
  return (
    <div className="library-tools">
      <div className="search">
        <Search size={16} aria-hidden="true" />
        <input
          ref={props.search}
          type="search"
          className="field"
          aria-label={texts.library.search}
          placeholder={texts.library.search}
          value={query}
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="search"
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={onKeyDown}
        />
        {query !== '' && <IconButton name={texts.library.clearSearch} icon={X} size={16} onPress={props.onClear} />}
      </div>
      {onOrder !== null && <OrderChoice order={order} onOrder={onOrder} />}
      {props.tags.length > 0 && <TagChoice tags={props.tags} tag={props.tag} onTag={props.onTag} />}
    </div>
  )
}

function OrderChoice({
  order,
  onOrder,
}: {
  readonly order: Order
  readonly onOrder: (order: Order) => void
}): ReactNode {
  return (
    <select
      className="field order"
      aria-label={texts.library.order}
      value={order}
      onChange={(event) => onOrder(ORDERS.find((one) => one === event.target.value) ?? order)}
    >
      {ORDERS.map((one) => (
        <option key={one} value={one}>
          {texts.library.orders[one]}
        </option>
      ))}
    </select>
  )
}

function TagChoice({ tags, tag, onTag }: Pick<LibraryToolsProps, 'tags' | 'tag' | 'onTag'>): ReactNode {
  return (
    <fieldset className="tag-choice">
      <legend className="unseen">{texts.library.tags}</legend>
      <button type="button" className="tag" aria-pressed={tag === null} onClick={() => onTag(null)}>
        {texts.library.everyTag}
      </button>
      {tags.map((one) => (
        <button
          key={one}
          type="button"
          className="tag"
          dir="auto"
          aria-pressed={one === tag}
          onClick={() => onTag(one === tag ? null : one)}
        >
          {one}
        </button>
      ))}
    </fieldset>
  )
}
