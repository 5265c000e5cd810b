import type { ReactNode } from 'react'
import { countText } from '../../components/count.ts'
import { Unknown } from '../../components/unknown.tsx'
import { failureTable } from '../../failure/failure-table.ts'
import { findFailure } from '../../failure/failure.ts'
import {
  useOrganizationMembersQuery,
  useOrganizationProjectsQuery,
  useOrganizationTeamsQuery,
} from '../../generated/graphql.ts'
import style from './organization-summary.module.css'

/** How many projects, teams and members; the panels below ask the same, so this costs nothing of its own. */
export function OrganizationSummary({ slug }: { slug: string }) {
  const variables = { slug }
  const [projects] = useOrganizationProjectsQuery({ variables })
  const [teams] = useOrganizationTeamsQuery({ variables })
  const [members] = useOrganizationMembersQuery({ variables })
  return (
    <ul className={style.summary}>
      <Figure noun="Projects" anchor="projects">
        <CountOf connection={projects.data?.organization?.projects} answer={projects} field="projects" />
      </Figure>
      <Figure noun="Teams" anchor="teams">
        <CountOf connection={teams.data?.organization?.teams} answer={teams} field="teams" />
      </Figure>
      <Figure noun="Members" anchor="members">
        <CountOf connection={members.data?.organization?.members} answer={members} field="members" />
      </Figure>
    </ul>
  )
}

function Figure({ noun, anchor, children }: { noun: string; anchor: string; children: ReactNode }) {
  return (
    <li>
      <a href={`#${anchor}`} className={style.figure}>
        <span className={style.number}>{children}</span>
        <span className={style.noun}>{noun}</span>
      </a>
    </li>
  )
}

interface CountOfProps {
  connection: (Parameters<typeof countText>[0] & { nodes: unknown[] }) | null | undefined
  answer: { fetching: boolean; error?: Parameters<typeof findFailure>[0] }
  field: string
}

function CountOf({ connection, answer, field }: CountOfProps) {
  if (connection) return countText(connection, connection.nodes.length)
  if (answer.fetching) return <span aria-busy="true" className={style.waiting} />
  const failure = findFailure(answer.error, ['organization', field])
  return <Unknown reason={failure ? failureTable[failure.code].sentence : 'Sentry did not say'} />
}
