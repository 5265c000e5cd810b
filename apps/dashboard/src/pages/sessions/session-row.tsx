import { useRef, useState } from 'react'
import button from '../../components/button.module.css'
import chip from '../../components/chip.module.css'
import { Icon } from '../../components/icon.tsx'
import { type SessionRowFragment, useRevokeSessionMutation } from '../../generated/graphql.ts'
import { agentName } from './agent-name.ts'
import { Moment } from './moment.tsx'
import style from './sessions-page.module.css'

export interface NarrowingChoice {
  id: string
  slug: string
  name: string
}

interface SessionRowProps {
  session: SessionRowFragment
  /** To call organizations by their names; null while they are not known. */
  organizations: readonly NarrowingChoice[] | null
  now: number
  onEnded: () => void
}

/** One session: what it is, where it was used last, until when, and its end. */
export function SessionRow({ session, organizations, now, onEnded }: SessionRowProps) {
  const agent = session.userAgent === null ? null : agentName(session.userAgent)
  const name = session.name ?? agent ?? 'A browser'
  return (
    <li className={style.row}>
      <div className={style.facts}>
        <p className={style.title}>
          <strong>{name}</strong>
          {session.isCurrent && <span className={chip.accent}>This browser</span>}
          {session.kind === 'CLIENT' && <span className={chip.chip}>Client</span>}
          {session.isReadOnly && <span className={chip.chip}>Read-only</span>}
        </p>
        <p className={style.detail}>
          {session.kind === 'CLIENT' && agent === null ? (
            'Not used yet'
          ) : (
            <span>
              Used <Moment at={session.lastUsedAt} now={now} />
              {session.name !== null && agent !== null && ` by ${agent}`}
              {session.addressFamily !== null && ` over ${session.addressFamily === 'IPV4' ? 'IPv4' : 'IPv6'}`}
            </span>
          )}
          <span>
            Ends <Moment at={session.expiresAt} now={now} />
          </span>
        </p>
        {session.organizations && (
          <p className={style.detail}>Sees only {organizationNames(session.organizations, organizations)}</p>
        )}
        {session.newAgent && <NewAgentNotice session={session} now={now} />}
      </div>
      {!session.isCurrent && <EndSession sessionId={session.id} name={name} onEnded={onEnded} />}
    </li>
  )
}

function organizationNames(ids: readonly { id: string }[], known: readonly NarrowingChoice[] | null): string {
  const names = ids.map(({ id }) => known?.find((organization) => organization.id === id)?.name)
  const unknown = names.filter((name) => name === undefined).length
  const rest = unknown === 0 ? [] : [unknown === 1 ? 'one organization' : `${unknown} organizations`]
  return new Intl.ListFormat('en').format([...names.filter((name) => name !== undefined), ...rest])
}

function NewAgentNotice({ session: { newAgent, userAgent }, now }: Pick<SessionRowProps, 'session' | 'now'>) {
  if (newAgent === null || newAgent === undefined) return null
  const former = newAgent.formerUserAgent === null ? 'something else' : agentName(newAgent.formerUserAgent)
  return (
    <p className={style.notice}>
      <Icon name="alert" />
      <span>
        <strong>
          Another program appeared <Moment at={newAgent.since} now={now} />
        </strong>
        : {userAgent === null ? 'one without a name' : agentName(userAgent)}, before that {former}. An update does that
        too; if it was not you, end the session.
      </span>
    </p>
  )
}

function EndSession({ sessionId, name, onEnded }: { sessionId: string; name: string; onEnded: () => void }) {
  const [{ fetching, error }, revoke] = useRevokeSessionMutation()
  const [asked, setAsked] = useState(false)
  const isSending = useRef(false)
  const end = async () => {
    if (isSending.current) return
    isSending.current = true
    const { error: failed } = await revoke({ sessionId })
    isSending.current = false
    if (!failed) onEnded()
  }
  if (!asked) {
    return (
      <button type="button" className={button.button} aria-label={`End ${name}`} onClick={() => setAsked(true)}>
        End
      </button>
    )
  }
  return (
    <div className={style.confirm}>
      {error && <p role="alert">It has not ended. Try again.</p>}
      <button type="button" className={button.primary} ref={takeFocus} aria-busy={fetching} onClick={() => void end()}>
        End it now
      </button>
      <button type="button" className={button.quiet} onClick={() => setAsked(false)}>
        Keep it
      </button>
    </div>
  )
}

/** The focus was on the button that this one replaces. */
function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus()
}
