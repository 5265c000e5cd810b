import { useCallback } from 'react'
import { navigate, useSearch } from 'wouter/use-browser-location'

/** One parameter of the address as state; an empty value leaves the address clean. */
export function useUrlParameter(name: string): [string, (value: string) => void] {
  const search = useSearch()
  const setValue = useCallback((value: string) => setUrlParameters({ [name]: value }), [name])
  return [new URLSearchParams(search).get(name) ?? '', setValue]
}

/**
 * Changes parameters of the address together, in the current history entry: the back button leaves the page instead of
 * undoing letter by letter. The rest of the address stays as it is written, encoded or not.
 */
export function setUrlParameters(values: Record<string, string>): void {
  const parameters = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(values)) {
    if (value) parameters.set(name, value)
    else parameters.delete(name)
  }
  navigate(location.pathname + (parameters.size > 0 ? `?${parameters}` : ''), { replace: true })
}
