import { useEffect, useState } from 'react'

/**
 * Whether the gateway serves the explorer. Its operator may have turned it off, which is a 404; without an answer
 * nothing is known against it.
 */
export function useExplorerOffer(fetch: typeof globalThis.fetch): boolean {
  const [isOffered, setOffered] = useState(true)
  useEffect(() => {
    let gone = false
    const settle = (offered: boolean) => void (gone || setOffered(offered))
    fetch('/graphiql', { method: 'HEAD' }).then(
      ({ status }) => settle(status !== 404),
      () => settle(true),
    )
    return () => {
      gone = true
    }
  }, [fetch])
  return isOffered
}
