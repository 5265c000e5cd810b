import { type ReactNode, useRef, useState } from 'react'
import { FailureNotice } from '../failure/failure-notice.tsx'
import type { ListedItems, Listing } from './listing.ts'
import style from './listed.module.css'
import { LoadMore } from './load-more.tsx'

interface ListedProps<Item> {
  listing: Listing<Item>
  /** What the items are, in the plural: "projects". */
  noun: string
  skeleton: ReactNode
  /** What is said when there is none. */
  empty: ReactNode
  /** How many are shown until the person asks for the rest. */
  fold?: number
  children: (items: Item[]) => ReactNode
}

/** A listing in the state it is in: failed, on its way, empty, or its items with a way to more of them. */
export function Listed<Item>({ listing, skeleton, empty, ...content }: ListedProps<Item>) {
  const place = useRef<HTMLDivElement>(null)
  const body = () => {
    if (listing.state === 'waiting') return skeleton
    if (listing.state === 'failed') {
      const retry = () => {
        // The button goes away with its notice; whoever pressed it stays at this place.
        place.current?.focus({ preventScroll: true })
        listing.askAgain()
      }
      return <FailureNotice failure={listing.failure} onRetry={retry} />
    }
    if (listing.items.length === 0) return empty
    return <Items key={listing.key} listing={listing} {...content} />
  }
  const busy = listing.state === 'listed' && listing.busy
  return (
    <div ref={place} tabIndex={-1} className={style.place} aria-busy={busy}>
      {body()}
    </div>
  )
}

interface ItemsProps<Item> extends Pick<ListedProps<Item>, 'noun' | 'fold' | 'children'> {
  listing: ListedItems<Item>
}

function Items<Item>({ listing, noun, fold = Infinity, children }: ItemsProps<Item>) {
  const [folded, setFolded] = useState(true)
  const shown = folded ? listing.items.slice(0, fold) : listing.items
  return (
    <>
      <div className={style.items}>{children(shown)}</div>
      <LoadMore listing={listing} shown={shown.length} noun={noun} onUnfold={() => setFolded(false)} />
    </>
  )
}
