import { Avatar } from '../../components/avatar.tsx'
import chip from '../../components/chip.module.css'
import { countNoun } from '../../components/count.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { LoadMore } from '../../components/load-more.tsx'
import { useMorePages } from '../../components/more-pages.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { Unknown } from '../../components/unknown.tsx'
import { FailureNotice } from '../../failure/failure-notice.tsx'
import { findFailure } from '../../failure/failure.ts'
import {
  OrganizationTeamsDocument,
  type OrganizationTeamsQuery,
  useOrganizationTeamsQuery,
} from '../../generated/graphql.ts'
import { Panel } from './panel.tsx'
import style from './people-list.module.css'

/** The organization's teams. */
export function TeamsPanel({ slug }: { slug: string }) {
  return (
    <Panel id="teams" title="Teams">
      <Teams slug={slug} />
    </Panel>
  )
}

function Teams({ slug }: { slug: string }) {
  const variables = { slug }
  const answer = useOrganizationTeamsQuery({ variables })
  const connected = useMorePages(answer, OrganizationTeamsDocument, variables, selectTeams)
  const [{ error, fetching }, ask] = answer

  const failure = findFailure(error, ['organization', 'teams'])
  if (!connected && failure && !fetching) {
    return <FailureNotice failure={failure} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  }
  if (!connected) return <Skeleton shape="rows" count={4} label="Loading teams" />
  if (connected.items.length === 0) {
    return <EmptyState title="No teams">Teams are made in Sentry, under Settings.</EmptyState>
  }
  return (
    <>
      <ul className={style.list}>
        {connected.items.map((team) => (
          <TeamRow key={team.id} team={team} />
        ))}
      </ul>
      <LoadMore connected={connected} noun="teams" />
    </>
  )
}

function TeamRow({ team }: { team: NonNullable<ReturnType<typeof selectTeams>>['nodes'][number] }) {
  const { slug, name, permalink, memberCount, isViewerMember } = team
  return (
    <li className={style.row}>
      <Avatar name={slug} size="s" />
      <span className={style.names}>
        {permalink ? (
          <a className={style.name} href={permalink} target="_blank" rel="noreferrer">
            {name}
          </a>
        ) : (
          <span className={style.name}>{name}</span>
        )}
        <span className={style.detail}>
          {memberCount === null ? (
            <Unknown reason="Sentry does not say how many members" />
          ) : (
            countNoun(String(memberCount), 'member')
          )}
        </span>
      </span>
      {isViewerMember && <span className={chip.accent}>Yours</span>}
    </li>
  )
}

function selectTeams(data: OrganizationTeamsQuery) {
  return data.organization?.teams
}
