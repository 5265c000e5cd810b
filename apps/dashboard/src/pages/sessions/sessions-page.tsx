import { useState } from 'react'
import { readAnswer } from '../../components/answer.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Skeleton } from '../../components/skeleton.tsx'
import { FailureNotice } from '../../failure/failure-notice.tsx'
import { findFailure, unexplainedFailure } from '../../failure/failure.ts'
import { useNarrowingChoicesQuery, useSessionsPageQuery } from '../../generated/graphql.ts'
import { Page, PageHeading } from '../../navigation/page.tsx'
import { ConnectClient } from './connect-client.tsx'
import { SessionRow } from './session-row.tsx'
import { SignOutEverywhere } from './sign-out-everywhere.tsx'
import style from './sessions-page.module.css'

/** Every way in that is open to the person: where it is used, how to end it, and how to open one for a client. */
export function SessionsPage() {
  const { data, error, fetching, askAgain } = readAnswer(
    useSessionsPageQuery({ requestPolicy: 'cache-and-network' }),
    {},
  )
  const choices = readAnswer(useNarrowingChoicesQuery(), {})
  const [now] = useState(() => Date.now())
  const sessions = data?.viewer?.sessions?.toSorted((one, other) => Number(other.isCurrent) - Number(one.isCurrent))
  const organizations = choices.data?.viewer?.organizations?.nodes ?? null
  return (
    <Page title="Sessions">
      <header className={style.header}>
        <PageHeading>Sessions</PageHeading>
        <SignOutEverywhere />
      </header>
      <div className={style.columns}>
        <section aria-labelledby="open-heading">
          <h2 id="open-heading">Signed in now</h2>
          {sessions ? (
            <ul className={style.list} aria-busy={fetching}>
              {sessions.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  organizations={organizations}
                  now={now}
                  onEnded={askAgain}
                />
              ))}
            </ul>
          ) : fetching ? (
            <Skeleton shape="rows" count={3} label="Loading sessions" />
          ) : error ? (
            <FailureNotice
              failure={findFailure(error, ['viewer', 'sessions']) ?? unexplainedFailure}
              subject="Sessions"
              onRetry={askAgain}
            />
          ) : (
            <EmptyState title="No sessions">You are signed out.</EmptyState>
          )}
        </section>
        <ConnectClient
          organizations={organizations}
          failure={organizations ? null : findFailure(choices.error)}
          onConnected={askAgain}
        />
      </div>
    </Page>
  )
}
