import { useState } from 'react'
import { Provider } from 'urql'
import { createGraphqlClient } from './graphql-client.ts'
import { useArrival } from './navigation/arrival.ts'
import { Routes } from './routes.tsx'
import { SessionProvider } from './session/session.tsx'

/** The whole dashboard. `fetch` is how it reaches `/graphql`. */
export function App({ fetch = globalThis.fetch }: { fetch?: typeof globalThis.fetch }) {
  const [{ client, unauthenticated }] = useState(() => {
    const unauthenticated = new EventTarget()
    const onUnauthenticated = () => void unauthenticated.dispatchEvent(new Event('unauthenticated'))
    return { unauthenticated, client: createGraphqlClient({ onUnauthenticated, fetch }) }
  })
  useArrival()
  return (
    <Provider value={client}>
      <SessionProvider unauthenticated={unauthenticated}>
        <Routes />
      </SessionProvider>
    </Provider>
  )
}
