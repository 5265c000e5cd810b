import type { ReactNode } from 'react'
import { countText } from '../../components/count.ts'
import type { Listing } from '../../components/listing.ts'
import { Unknown } from '../../components/unknown.tsx'
import { failureTable } from '../../failure/failure-table.ts'
import style from './organization-summary.module.css'

interface OrganizationSummaryProps {
  projects: Listing<unknown>
  teams: Listing<unknown>
  members: Listing<unknown>
}

/** How many projects, teams and members, as far as the page knows; each leads to its panel. */
export function OrganizationSummary({ projects, teams, members }: OrganizationSummaryProps) {
  return (
    <ul className={style.summary}>
      <Figure noun="Projects" anchor="projects">
        <Count listing={projects} />
      </Figure>
      <Figure noun="Teams" anchor="teams">
        <Count listing={teams} />
      </Figure>
      <Figure noun="Members" anchor="members">
        <Count listing={members} />
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

function Count({ listing }: { listing: Listing<unknown> }) {
  if (listing.state === 'waiting') return <span aria-busy="true" className={style.waiting} />
  if (listing.state === 'failed') return <Unknown reason={failureTable[listing.failure.code].sentence} />
  return countText(listing.last, listing.items.length)
}
