import { useRef } from 'react'
import { Link } from 'wouter'
import { Avatar } from '../../components/avatar.tsx'
import button from '../../components/button.module.css'
import chip from '../../components/chip.module.css'
import { countText } from '../../components/count.ts'
import { PlatformTile } from '../../components/platform-tile.tsx'
import { hasRegion, RegionName } from '../../components/region-name.tsx'
import { Unknown } from '../../components/unknown.tsx'
import { failureTable } from '../../failure/failure-table.ts'
import { type Failure, unexplainedFailure } from '../../failure/failure.ts'
import type { OrganizationCardFragment } from '../../generated/graphql.ts'
import { organizationPath } from '../../navigation/organization-path.ts'
import style from './organization-card.module.css'

interface OrganizationCardProps {
  organization: OrganizationCardFragment
  /** Why one of its fields is missing. */
  failureOf: (field: keyof OrganizationCardFragment) => Failure | null
  onRetry: () => void
}

/** One organization; the whole card leads to its page. */
export function OrganizationCard({ organization, failureOf, onRetry }: OrganizationCardProps) {
  const { slug, name, avatarUrl, region, projects } = organization
  const place = { region, failure: failureOf('region') }
  const link = useRef<HTMLAnchorElement>(null)
  const retry = () => {
    // The button may go away with what was missing; whoever pressed it stays on this card.
    link.current?.focus({ preventScroll: true })
    onRetry()
  }
  return (
    <li className={style.card}>
      <div className={style.head}>
        <Avatar name={name} imageUrl={avatarUrl} />
        <div className={style.names}>
          <h2 className={style.name}>
            <Link ref={link} href={organizationPath(slug)}>
              {name}
            </Link>
          </h2>
          <code className={style.slug}>{slug}</code>
        </div>
        {hasRegion(place) && (
          <span className={chip.chip}>
            <RegionName {...place} />
            {region?.reachable === false && ' · not reachable'}
          </span>
        )}
      </div>
      {projects ? (
        <Projects projects={projects} />
      ) : (
        <ProjectsMissing failure={failureOf('projects')} onRetry={retry} />
      )}
    </li>
  )
}

const tilesShown = 6

function Projects({ projects }: { projects: NonNullable<OrganizationCardFragment['projects']> }) {
  const platforms = [...new Set(projects.nodes.map(({ platform }) => platform))].filter((platform) => platform !== null)
  const count = countText(projects, projects.nodes.length)
  const hidden = platforms.length - tilesShown
  return (
    <div className={style.projects}>
      <span>
        <strong className={style.number}>{count}</strong> {count === '1' ? 'project' : 'projects'}
      </span>
      <span className={style.platforms}>
        {platforms.slice(0, tilesShown).map((platform) => (
          <PlatformTile key={platform} platform={platform} size="s" />
        ))}
        {hidden > 0 && <span title={`${hidden} more platforms`}>+{hidden}</span>}
      </span>
    </div>
  )
}

function ProjectsMissing({ failure, onRetry }: { failure: Failure | null; onRetry: () => void }) {
  const { code } = failure ?? unexplainedFailure
  const { sentence, remedy } = failureTable[code]
  return (
    <div className={`${style.projects} ${style.missing}`}>
      <span>
        <Unknown reason="The number of projects is not known" /> projects
      </span>
      <span className={style.reason}>{sentence}</span>
      {remedy === 'retry' && (
        <button type="button" className={`${button.quiet} ${style.retry}`} onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  )
}
