import { useState } from 'react'
import { failureTable } from '../../failure/failure-table.ts'
import type { Failure } from '../../failure/failure.ts'
import type { NarrowingChoice } from './session-row.tsx'
import style from './connect-client.module.css'

interface OrganizationChoiceProps {
  /** Null while they are not known. */
  organizations: readonly NarrowingChoice[] | null
  failure: Failure | null
}

/** All organizations, or some of them. */
export function OrganizationChoice({ organizations, failure }: OrganizationChoiceProps) {
  const [reach, setReach] = useState<'all' | 'some'>('all')
  return (
    <fieldset className={style.choice}>
      <legend>Sees</legend>
      <label className={style.check}>
        <input type="radio" name="reach" value="all" checked={reach === 'all'} onChange={() => setReach('all')} />
        <span>All organizations, also those to come</span>
      </label>
      <label className={style.check}>
        <input
          type="radio"
          name="reach"
          value="some"
          checked={reach === 'some'}
          disabled={!organizations?.length}
          onChange={() => setReach('some')}
        />
        <span>
          Only some
          {failure && <small>Sentry does not tell which there are: {failureTable[failure.code].sentence}</small>}
        </span>
      </label>
      {reach === 'some' && (
        <fieldset className={style.organizations} aria-label="Organizations it sees">
          {organizations?.map(({ id, slug, name }) => (
            <label key={id} className={style.check}>
              <input type="checkbox" name="organization" value={id} />
              <span>
                {name}
                <small>{slug}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
    </fieldset>
  )
}
