import type { Answer } from '../../components/answer.ts'
import { Avatar } from '../../components/avatar.tsx'
import chip from '../../components/chip.module.css'
import { countNoun } from '../../components/count.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Listed } from '../../components/listed.tsx'
import { type Listing, useListing } from '../../components/listing.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { Unknown } from '../../components/unknown.tsx'
import {
  OrganizationTeamsDocument,
  type OrganizationTeamsQuery,
  type TeamRowFragment,
} from '../../generated/graphql.ts'
import { Panel } from './panel.tsx'
import style from './people-list.module.css'

/** The organization's teams. */
export function TeamsPanel({ teams }: { teams: Listing<TeamRowFragment> }) {
  return (
    <Panel id="teams" title="Teams">
      <Listed
        listing={teams}
        noun="teams"
        fold={10}
        skeleton={<Skeleton shape="rows" count={4} label="Loading teams" />}
        empty={<EmptyState title="No teams">Teams are made in Sentry, under Settings.</EmptyState>}
      >
        {(items) => (
          <ul className={style.list}>
            {items.map((team) => (
              <TeamRow key={team.id} team={team} />
            ))}
          </ul>
        )}
      </Listed>
    </Panel>
  )
}

/** The teams of an organization, the first page as the answer to the page's own query has it. */
export function useTeams(answer: Answer<OrganizationTeamsQuery>, slug: string): Listing<TeamRowFragment> {
  return useListing(answer, {
    document: OrganizationTeamsDocument,
    variables: { slug },
    path: ['organization', 'teams'],
    select: (data: OrganizationTeamsQuery) => data.organization?.teams,
  })
}

function TeamRow({ team }: { team: TeamRowFragment }) {
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
