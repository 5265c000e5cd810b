import button from '../components/button.module.css'
import { CopyButton } from '../components/copy-button.tsx'
import { Icon } from '../components/icon.tsx'
import { signInUrl } from '../session/return-path.ts'
import style from './failure-notice.module.css'
import { failureTable } from './failure-table.ts'
import type { Failure } from './failure.ts'

interface FailureNoticeProps {
  failure: Failure
  /** What could not be shown: "Teams", "More projects". */
  subject?: string
  onRetry?: () => void
}

/** Says what failed, what helps, and the reference that finds it in the gateway's log. */
export function FailureNotice({ failure, subject, onRetry }: FailureNoticeProps) {
  const { sentence, remedy } = failureTable[failure.code]
  return (
    <div className={style.notice} role="alert">
      <Icon name="alert" className={style.icon} />
      <div className={style.body}>
        <p className={style.sentence}>
          {subject && <span className={style.subject}>{subject}: </span>}
          {sentence}
        </p>
        <p>{adviceFor(failure)}</p>
        {failure.correlationId && (
          <p className={style.reference}>
            Reference <code>{failure.correlationId}</code>
            <CopyButton text={failure.correlationId} label="Copy the reference" />
          </p>
        )}
        {remedy === 'retry' && onRetry && (
          <button type="button" className={button.button} onClick={onRetry}>
            Try again
          </button>
        )}
        {remedy === 'sign-in' && (
          <a className={button.button} href={signInUrl(location.pathname + location.search)}>
            Sign in again
          </a>
        )}
      </div>
    </div>
  )
}

function adviceFor({ code, requiredScope, retryAfter }: Failure): string {
  if (requiredScope) return `It needs the Sentry scope ${requiredScope}, which this session does not have.`
  if (retryAfter !== null) return `Fresh data can be asked for again in ${Math.ceil(retryAfter)} s.`
  return failureTable[code].advice
}
