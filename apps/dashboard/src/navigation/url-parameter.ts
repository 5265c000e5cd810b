import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

/**
 * One parameter of the address as state. Changes replace the current history entry, so that the back button leaves
 * the page instead of undoing letter by letter; an empty value leaves the address clean.
 */
export function useUrlParameter(name: string): [string, (value: string) => void] {
  const [parameters, setParameters] = useSearchParams()
  const setValue = useCallback(
    (value: string) =>
      setParameters(
        (current) => {
          const next = new URLSearchParams(current)
          if (value) next.set(name, value)
          else next.delete(name)
          return next
        },
        { replace: true },
      ),
    [name, setParameters],
  )
  return [parameters.get(name) ?? '', setValue]
}
