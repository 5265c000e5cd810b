import { type SubmitEvent, useRef, useState } from 'react'
import button from '../../components/button.module.css'
import { FailureNotice } from '../../failure/failure-notice.tsx'
import { type Failure, findFailure } from '../../failure/failure.ts'
import { type CreateClientSessionMutation, useCreateClientSessionMutation } from '../../generated/graphql.ts'
import { NewClient } from './new-client.tsx'
import { OrganizationChoice } from './organization-choice.tsx'
import type { NarrowingChoice } from './session-row.tsx'
import style from './connect-client.module.css'

const lifetimes = { '1d': '1 day', '7d': '7 days', '30d': '30 days', '90d': '90 days', '365d': '1 year' }

interface ConnectClientProps {
  /** Null while they are not known. */
  organizations: readonly NarrowingChoice[] | null
  failure: Failure | null
  onConnected: () => void
}

type Outcome = CreateClientSessionMutation['createClientSession']

/** Makes a session for a script or another application, and shows once what opens it. */
export function ConnectClient({ organizations, failure, onConnected }: ConnectClientProps) {
  const [{ fetching, error }, create] = useCreateClientSessionMutation()
  const [outcome, setOutcome] = useState<Outcome>(null)
  const isSending = useRef(false)

  const connect = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    // The state of the hook comes a moment late for somebody who clicks twice.
    if (isSending.current) return
    isSending.current = true
    const { data } = await create({ input: readWish(new FormData(event.currentTarget)) })
    isSending.current = false
    const made = data?.createClientSession ?? null
    setOutcome(made)
    if (made && 'value' in made) onConnected()
  }

  const failed = findFailure(error)
  return (
    <section className={style.panel} aria-labelledby="connect-heading">
      <h2 id="connect-heading">Connect a client</h2>
      {outcome && 'value' in outcome ? (
        <NewClient made={outcome} onDone={() => setOutcome(null)} />
      ) : (
        <form className={style.form} onSubmit={(event) => void connect(event)}>
          <p className={style.intent}>
            A script or another app asks the graph in your name, with a value that you can end.
          </p>
          <label className={style.field}>
            <span>Name</span>
            <input name="name" required maxLength={100} placeholder="Nightly report" autoComplete="off" />
          </label>
          <label className={style.field}>
            <span>Ends after</span>
            <select name="expiresIn" defaultValue="30d">
              {Object.entries(lifetimes).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </label>
          <label className={style.check}>
            <input type="checkbox" name="readOnly" defaultChecked />
            <span>
              Read-only<small>It can change nothing, in no organization.</small>
            </span>
          </label>
          <OrganizationChoice organizations={organizations} failure={failure} />
          {outcome && (
            <p className={style.problem} role="alert">
              {outcome.message}
            </p>
          )}
          {failed && <FailureNotice failure={failed} subject="No client was connected" />}
          <button type="submit" className={button.primary} aria-busy={fetching}>
            Connect
          </button>
        </form>
      )}
    </section>
  )
}

function readWish(form: FormData) {
  return {
    name: textOf(form, 'name'),
    expiresIn: textOf(form, 'expiresIn'),
    isReadOnly: form.has('readOnly'),
    organizationIds:
      form.get('reach') === 'some' ? form.getAll('organization').filter((id) => typeof id === 'string') : null,
  }
}

function textOf(form: FormData, field: string): string {
  const value = form.get(field)
  return typeof value === 'string' ? value : ''
}
