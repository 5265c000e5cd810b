import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'

/** After a navigation, moves focus to the new page's heading and, unless it was the back button, scrolls to the top. */
export function useArrival(): void {
  const [path] = useLocation()
  const lastPath = useRef(path)
  const cameBack = useRef(false)

  useEffect(() => {
    const remember = () => {
      cameBack.current = true
    }
    addEventListener('popstate', remember)
    return () => removeEventListener('popstate', remember)
  }, [])

  useEffect(() => {
    if (lastPath.current === path) return
    lastPath.current = path
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
    if (!cameBack.current) scrollTo({ top: 0, behavior: 'instant' })
    cameBack.current = false
  }, [path])
}
