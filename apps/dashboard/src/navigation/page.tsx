import { type ReactNode, useEffect } from 'react'
import style from './page.module.css'

/** The main part of a page; sets the window's title. The page brings its own `PageHeading`. */
export function Page({ title, children }: { title: string; children: ReactNode }) {
  useEffect(() => {
    document.title = title === 'Sentry Graph' ? title : `${title} · Sentry Graph`
  }, [title])
  return (
    <main id="main" className={style.page} tabIndex={-1}>
      {children}
    </main>
  )
}

/** The one first-level heading, where focus goes on arrival. */
export function PageHeading({ children }: { children: ReactNode }) {
  return (
    <h1 className={style.heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
