import type { ReactNode } from 'react'
import { Redirect } from 'wouter'
import { GatewayUnreachable } from './gateway-unreachable.tsx'
import { loginPath } from './return-path.ts'
import { useSession } from './session.tsx'

/**
 * Pages for signed-in people. While the session is being checked the page already asks for its data, so that
 * nobody waits twice; someone signed out goes to the login page and comes back here afterwards.
 */
export function SignedIn({ children }: { children: ReactNode }) {
  const session = useSession()
  if (session.state === 'signed-out') {
    return <Redirect to={loginPath(location.pathname + location.search, session.ended)} replace />
  }
  if (session.state === 'unreachable') return <GatewayUnreachable failure={session.failure} onRetry={session.retry} />
  return children
}
