import { FailureNotice } from '../failure/failure-notice.tsx'
import button from './button.module.css'
import style from './load-more.module.css'
import type { Connected } from './more-pages.ts'

/** Says how much is shown and offers the rest; nothing once everything is there. */
export function LoadMore({ connected, noun }: { connected: Connected<unknown>; noun: string }) {
  const { more, items } = connected
  if (!more) return null
  return (
    <div className={style.more}>
      {more.failure && <FailureNotice failure={more.failure} subject={`More ${noun}`} onRetry={more.load} />}
      <p>
        The first {items.length} {noun} are shown; Sentry has more.
      </p>
      <button
        type="button"
        className={button.button}
        onClick={more.load}
        aria-busy={more.fetching}
        disabled={more.fetching}
      >
        {more.fetching ? 'Loading…' : `Load more ${noun}`}
      </button>
    </div>
  )
}
