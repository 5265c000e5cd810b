import type { ReactNode } from 'react'
import style from './panel.module.css'

interface PanelProps {
  id: string
  title: string
  /** Old content is on screen while new content is on its way. */
  busy?: boolean
  toolbar?: ReactNode
  children: ReactNode
}

/** A titled part of the page with states of its own. */
export function Panel({ id, title, busy = false, toolbar, children }: PanelProps) {
  return (
    <section id={id} className={style.panel} aria-labelledby={`${id}-heading`} aria-busy={busy}>
      <div className={style.top}>
        <h2 id={`${id}-heading`}>{title}</h2>
        {toolbar}
      </div>
      {children}
    </section>
  )
}
