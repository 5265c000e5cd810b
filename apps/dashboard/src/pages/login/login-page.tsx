import { useEffect, useState } from 'react'
import { Redirect } from 'wouter'
import { useSearch } from 'wouter/use-browser-location'
import button from '../../components/button.module.css'
import { Icon } from '../../components/icon.tsx'
import { ProductMark } from '../../components/product-mark.tsx'
import { FailureNotice } from '../../failure/failure-notice.tsx'
import { needsPageLoad, readReturnPath, signInUrl } from '../../session/return-path.ts'
import { useGateway, useSession } from '../../session/session.tsx'
import { describeScope } from './requested-scopes.ts'
import { GraphField } from '../../components/graph-field.tsx'
import style from './login-page.module.css'

/** Says what the product is and leads to Sentry; someone already signed in goes on at once. */
export function LoginPage() {
  const session = useSession()
  const gateway = useGateway()
  const parameters = new URLSearchParams(useSearch())
  const returnPath = readReturnPath(parameters.get('return_to'))

  useEffect(() => {
    document.title = 'Sign in · Sentry Graph'
  }, [])

  if (session.state === 'signed-in') return <Onward path={returnPath} />
  return (
    <main id="main" className={style.page}>
      <GraphField />
      <section className={style.welcome}>
        <ProductMark size={52} />
        <h1 className={style.name}>Sentry Graph</h1>
        <p className={style.promise}>Everything your Sentry account may read, as one graph.</p>
        <p className={style.detail}>
          Every organization in every region in one list, an explorer for your own questions, and one GraphQL endpoint
          for your tools.
        </p>
      </section>
      <section className={style.panel} aria-label="Sign in">
        {gateway?.isSandbox && (
          <p className={style.sandbox}>
            <strong>This is Sentry Sandbox</strong>
            Nothing here is real. Choose who to be, or stay who you are there; no Sentry account is needed.
          </p>
        )}
        {parameters.get('ended') === '1' && (
          <output className={style.ended}>Your session has ended. Sign in again to continue where you were.</output>
        )}
        {session.state === 'unreachable' ? (
          <FailureNotice failure={session.failure} onRetry={session.retry} />
        ) : (
          <ContinueWithSentry returnPath={returnPath} />
        )}
        {gateway?.isSandbox && (
          <a className={style.switch} href={gateway.sentryUrl}>
            Become somebody else
          </a>
        )}
        {gateway && <RequestedScopes scopes={gateway.requestedScopes} />}
      </section>
    </main>
  )
}

function Onward({ path }: { path: string }) {
  useEffect(() => {
    if (needsPageLoad(path)) location.replace(path)
  }, [path])
  return needsPageLoad(path) ? null : <Redirect to={path} replace />
}

function ContinueWithSentry({ returnPath }: { returnPath: string }) {
  const [leaving, setLeaving] = useState(false)
  useEffect(() => {
    // The back button may bring this very page back, still saying that it is leaving.
    const rest = () => setLeaving(false)
    addEventListener('pageshow', rest)
    return () => removeEventListener('pageshow', rest)
  }, [])
  return (
    <a
      className={`${button.primary} ${style.continue}`}
      href={signInUrl(returnPath)}
      aria-busy={leaving}
      onClick={() => setLeaving(true)}
    >
      Continue with Sentry
      <span className={style.arrow} aria-hidden="true">
        →
      </span>
    </a>
  )
}

function RequestedScopes({ scopes }: { scopes: readonly string[] }) {
  return (
    <div className={style.scopes}>
      <h2>What Sentry will ask you to allow</h2>
      <ul>
        {scopes.map((scope) => {
          const { title, reason } = describeScope(scope)
          return (
            <li key={scope}>
              <Icon name="check" />
              <span>
                <strong>{title}</strong> {reason}
              </span>
            </li>
          )
        })}
      </ul>
      <p>Your Sentry access stays with the gateway, sealed; this browser only keeps a session cookie.</p>
    </div>
  )
}
