import { type ReactNode, useEffect, useRef } from 'react'
import { GraphField } from '../components/graph-field.tsx'
import style from './auth-outcome.module.css'

/** The quiet card that says how signing in ended. Focus starts at its heading. */
export function AuthOutcome({ heading, children }: { heading: string; children: ReactNode }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${heading} · Sentry Graph`
    title.current?.focus()
  }, [heading])
  return (
    <main id="main" className={style.page}>
      <GraphField />
      <div className={style.card}>
        <h1 ref={title} tabIndex={-1}>
          {heading}
        </h1>
        {children}
      </div>
    </main>
  )
}
