import { useEffect, useRef, useState } from 'react'
import { FailureNotice } from '../failure/failure-notice.tsx'
import button from './button.module.css'
import { countText } from './count.ts'
import type { ListedItems } from './listing.ts'
import style from './load-more.module.css'

interface LoadMoreProps {
  listing: ListedItems<unknown>
  /** How many of the loaded items are on screen. */
  shown: number
  noun: string
  onUnfold: () => void
}

/** Says how much is shown and offers the rest; at the end of a list that has grown, says that this is all. */
export function LoadMore({ listing, shown, noun, onUnfold }: LoadMoreProps) {
  const { items, last, more } = listing
  const [pressed, setPressed] = useState(false)
  const end = useRef<HTMLParagraphElement>(null)
  const isFolded = shown < items.length
  const isWhole = !isFolded && !more

  useEffect(() => {
    // The button that was pressed is gone: whoever pressed it goes on from the end of the list, not from the page's top.
    if (isWhole && pressed && document.activeElement === document.body) end.current?.focus({ preventScroll: true })
  }, [isWhole, pressed])

  const press = () => {
    setPressed(true)
    if (isFolded) onUnfold()
    else if (!more?.fetching) more?.load()
  }

  if (isWhole) {
    return (
      pressed && (
        <p ref={end} tabIndex={-1} className={style.end}>
          All {items.length} {noun} are shown.
        </p>
      )
    )
  }
  const all = countText(last, items.length)
  const label = isFolded && !more ? `Show all ${all} ${noun}` : `Load more ${noun}`
  return (
    <div className={style.more}>
      {more?.failure && <FailureNotice failure={more.failure} subject={`More ${noun}`} onRetry={press} />}
      <p>
        The first {shown} {noun} are shown; {isFolded ? `there are ${all}` : 'Sentry has more'}.
      </p>
      <button
        type="button"
        className={button.button}
        onClick={press}
        aria-busy={more?.fetching}
        aria-disabled={more?.fetching}
      >
        {more?.fetching ? 'Loading…' : label}
      </button>
    </div>
  )
}
