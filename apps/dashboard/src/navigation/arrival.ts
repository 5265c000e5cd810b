import { useEffect, useRef } from 'react'
import { usePathname } from 'wouter/use-browser-location'

/** After a navigation, moves focus to the new page's heading and, unless it was the back button, scrolls to the top. */
export function useArrival(): void {
  const pathname = usePathname()
  const lastPathname = useRef(pathname)
  const cameBack = useRef(false)

  useEffect(() => {
    const remember = () => {
      // A link within the page fires the same event, and leads to no other page.
      if (location.pathname !== lastPathname.current) cameBack.current = true
    }
    addEventListener('popstate', remember)
    return () => removeEventListener('popstate', remember)
  }, [])

  useEffect(() => {
    if (lastPathname.current === pathname) return
    lastPathname.current = pathname
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
    if (!cameBack.current) scrollTo({ top: 0, behavior: 'instant' })
    cameBack.current = false
  }, [pathname])
}
