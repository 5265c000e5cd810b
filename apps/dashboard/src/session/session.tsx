import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { findFailure, type Failure } from '../failure/failure.ts'
import { type ShellQuery, useShellQuery } from '../generated/graphql.ts'
import { isUnauthenticated } from '../graphql-client.ts'
import { useExplorerOffer } from './explorer-offer.ts'

export type ShellViewer = NonNullable<ShellQuery['viewer']>
export type GatewayFacts = ShellQuery['gateway']

export type Session =
  | { state: 'checking' }
  | { state: 'signed-in'; viewer: ShellViewer }
  /** `ended`: the person was signed in on this page before. */
  | { state: 'signed-out'; ended: boolean }
  | { state: 'unreachable'; failure: Failure; retry: () => void }

interface SessionFacts {
  session: Session
  gateway: GatewayFacts | null
  explorer: boolean
}

const SessionContext = createContext<SessionFacts>({ session: { state: 'checking' }, gateway: null, explorer: true })

/** Whether someone is signed in, and who. */
export function useSession(): Session {
  return useContext(SessionContext).session
}

/** What the gateway says about itself; null while it has not answered. */
export function useGateway(): GatewayFacts | null {
  return useContext(SessionContext).gateway
}

/** Whether there is an explorer to lead to. */
export function useExplorer(): boolean {
  return useContext(SessionContext).explorer
}

interface SessionProviderProps {
  /** Tells of every answer that a request had no valid session. */
  unauthenticated: EventTarget
  fetch: typeof globalThis.fetch
  children: ReactNode
}

/**
 * The one place that decides whether someone is signed in: what the shell query says. A page's UNAUTHENTICATED
 * (`onUnauthenticated`) only makes the question be asked again, so a stray one never throws a person out and the
 * login page can never be entered in a circle.
 */
export function SessionProvider({ unauthenticated, fetch, children }: SessionProviderProps) {
  const explorer = useExplorerOffer(fetch)
  const [{ data, error }, ask] = useShellQuery()
  const [wasSignedIn, setWasSignedIn] = useState(false)
  if (data?.viewer && !wasSignedIn) setWasSignedIn(true)

  useEffect(() => {
    const askAgain = () => {
      if (wasSignedIn) ask({ requestPolicy: 'network-only' })
    }
    unauthenticated.addEventListener('unauthenticated', askAgain)
    return () => unauthenticated.removeEventListener('unauthenticated', askAgain)
  }, [unauthenticated, wasSignedIn, ask])

  const session = ((): Session => {
    if (data?.viewer) return { state: 'signed-in', viewer: data.viewer }
    if (isUnauthenticated(error) || (data && !error)) return { state: 'signed-out', ended: wasSignedIn }
    const failure = findFailure(error)
    if (failure) return { state: 'unreachable', failure, retry: () => ask({ requestPolicy: 'network-only' }) }
    return { state: 'checking' }
  })()
  const facts = { session, gateway: data?.gateway ?? null, explorer }
  return <SessionContext value={facts}>{children}</SessionContext>
}
