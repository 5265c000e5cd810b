import type { ReactNode } from 'react'
import style from './panel.module.css'

interface PanelProps {
  id: string
  title: string
  toolbar?: ReactNode
  children: ReactNode
}

/** A titled part of the page with states of its own. */
export function Panel({ id, title, toolbar, children }: PanelProps) {
  return (
    <section id={id} className={style.panel} aria-labelledby={`${id}-heading`}>
      <div className={style.top}>
        <h2 id={`${id}-heading`}>{title}</h2>
        {toolbar}
      </div>
      {children}
    </section>
  )
}
