import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import button from '../../components/button.module.css'
import { FailureNotice } from '../../failure/failure-notice.tsx'
import { signInUrl } from '../../session/return-path.ts'
import { type ShellViewer, useSession } from '../../session/session.tsx'
import { personName } from '../../shell/person-name.ts'
import { AuthOutcome } from '../../session/auth-outcome.tsx'
import style from './auth-success-page.module.css'

/** Where the gateway sends someone who has just signed in and wanted no other page: confirms the session and goes home. */
export function AuthSuccessPage() {
  const session = useSession()

  if (session.state === 'unreachable') {
    return (
      <AuthOutcome heading="We could not check your session">
        <FailureNotice failure={session.failure} onRetry={session.retry} />
      </AuthOutcome>
    )
  }
  if (session.state === 'signed-out') return <SessionMissing />
  if (session.state === 'checking') {
    return (
      <AuthOutcome heading="Signing you in">
        <output>One moment: your session is being checked.</output>
      </AuthOutcome>
    )
  }
  return <SignedInAs viewer={session.viewer} />
}

function SignedInAs({ viewer }: { viewer: ShellViewer }) {
  const [, navigate] = useLocation()
  const mark = useRef<SVGSVGElement>(null)

  useEffect(() => {
    let gone = false
    // Goes on when the mark is drawn; at once where motion is reduced, because nothing is drawn then.
    const drawings = mark.current?.getAnimations?.({ subtree: true }) ?? []
    void Promise.allSettled(drawings.map((drawing) => drawing.finished)).then(
      () => !gone && navigate('/', { replace: true }),
    )
    return () => {
      gone = true
    }
  }, [navigate])

  return (
    <AuthOutcome heading={`Signed in as ${personName(viewer.user)}`}>
      <svg ref={mark} className={style.mark} width="72" height="72" viewBox="0 0 72 72" fill="none" aria-hidden="true">
        <circle cx="36" cy="36" r="33" pathLength="1" />
        <path d="m23 37.5 9 9 17.5-19" pathLength="1" />
      </svg>
      <output>Taking you on…</output>
      <Link href="/" className={button.quiet}>
        Continue now
      </Link>
    </AuthOutcome>
  )
}

function SessionMissing() {
  return (
    <AuthOutcome heading="Signed in, but your browser kept no session">
      <p>
        Sentry let you in, yet the session cookie did not come back. Usually the browser or an extension blocks cookies
        for this site, or the dashboard was opened at another address than the one it signs in with.
      </p>
      <p>Allow cookies for {location.host} and try again.</p>
      <a className={button.primary} href={signInUrl('/')}>
        Try again
      </a>
    </AuthOutcome>
  )
}
