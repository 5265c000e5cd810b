import type { ReactNode } from 'react'
import style from './empty-state.module.css'

/** Nothing to show: says why, and what to do. */
export function EmptyState({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={style.empty}>
      <svg width="56" height="40" viewBox="0 0 56 40" fill="none" stroke="currentColor" aria-hidden="true">
        <path d="M12 30 28 9l16 21Z" strokeWidth="1.5" strokeDasharray="3 4" />
        <circle cx="28" cy="9" r="5.5" strokeWidth="1.5" fill="var(--surface)" />
        <circle cx="12" cy="30" r="5.5" strokeWidth="1.5" fill="var(--surface)" />
        <circle cx="44" cy="30" r="5.5" strokeWidth="1.5" fill="var(--surface)" />
      </svg>
      <p className={style.title}>{title}</p>
      <div className={style.text}>{children}</div>
    </div>
  )
}
