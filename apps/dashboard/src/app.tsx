import { useState } from 'react'
import { Provider } from 'urql'
import { useLocation } from 'wouter'
import { ErrorBoundary } from './failure/error-boundary.tsx'
import { createGraphqlClient } from './graphql-client.ts'
import { useArrival } from './navigation/arrival.ts'
import { Routes } from './routes.tsx'
import { SessionProvider } from './session/session.tsx'

/** The whole dashboard. `fetch` is how it reaches the gateway. */
export function App({ fetch = globalThis.fetch }: { fetch?: typeof globalThis.fetch }) {
  const [{ client, unauthenticated }] = useState(() => {
    const unauthenticated = new EventTarget()
    const onUnauthenticated = () => void unauthenticated.dispatchEvent(new Event('unauthenticated'))
    return { unauthenticated, client: createGraphqlClient({ onUnauthenticated, fetch }) }
  })
  const [path] = useLocation()
  useArrival()
  return (
    <ErrorBoundary path={path}>
      <Provider value={client}>
        <SessionProvider unauthenticated={unauthenticated} fetch={fetch}>
          <Routes />
        </SessionProvider>
      </Provider>
    </ErrorBoundary>
  )
}
