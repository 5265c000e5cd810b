import { Link, useSearch } from 'wouter'
import button from '../../components/button.module.css'
import { CopyButton } from '../../components/copy-button.tsx'
import { signInUrl } from '../../session/return-path.ts'
import { AuthOutcome } from '../../session/auth-outcome.tsx'
import { useSession } from '../../session/session.tsx'
import { personName } from '../../shell/person-name.ts'
import style from './auth-error-page.module.css'
import { describeSignInFailure, readCorrelationId } from './sign-in-failures.ts'

/** Says in our own words why signing in failed, and what to do. */
export function AuthErrorPage() {
  const session = useSession()
  const parameters = new URLSearchParams(useSearch())
  const { heading, explanation } = describeSignInFailure(parameters.get('code'))
  const correlationId = readCorrelationId(parameters.get('id'))
  return (
    <AuthOutcome heading={heading}>
      <p>{explanation}</p>
      {session.state === 'signed-in' ? (
        <>
          <p>You are signed in as {personName(session.viewer.user)} all the same.</p>
          <Link className={button.primary} href="/">
            Go home
          </Link>
        </>
      ) : (
        <div className={style.actions}>
          <a className={button.primary} href={signInUrl('/')}>
            Try again
          </a>
          <Link className={button.button} href="/">
            Go home
          </Link>
        </div>
      )}
      {correlationId && (
        <div className={style.reference}>
          <p>With this reference the operator finds what happened:</p>
          <code>{correlationId}</code>
          <CopyButton text={correlationId} label="Copy the reference" />
        </div>
      )}
    </AuthOutcome>
  )
}
