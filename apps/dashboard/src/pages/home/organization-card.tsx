import { Link } from 'wouter'
import { Avatar } from '../../components/avatar.tsx'
import chip from '../../components/chip.module.css'
import { countText } from '../../components/count.ts'
import { PlatformTile } from '../../components/platform-tile.tsx'
import { Unknown } from '../../components/unknown.tsx'
import { failureTable } from '../../failure/failure-table.ts'
import type { Failure } from '../../failure/failure.ts'
import type { OrganizationCardFragment } from '../../generated/graphql.ts'
import style from './organization-card.module.css'

interface OrganizationCardProps {
  organization: OrganizationCardFragment
  /** Why its projects are missing, when they are. */
  failure: Failure | null
}

/** One organization; the whole card leads to its page. */
export function OrganizationCard({ organization, failure }: OrganizationCardProps) {
  const { slug, name, avatarUrl, region, projects } = organization
  return (
    <li className={style.card}>
      <div className={style.head}>
        <Avatar name={name} imageUrl={avatarUrl} />
        <div className={style.names}>
          <h2 className={style.name}>
            <Link href={`/o/${encodeURIComponent(slug)}`}>{name}</Link>
          </h2>
          <code className={style.slug}>{slug}</code>
        </div>
        {region?.name && (
          <span className={chip.chip}>
            {region.name}
            {!region.reachable && ' · not reachable'}
          </span>
        )}
      </div>
      {projects ? <Projects projects={projects} /> : <ProjectsMissing failure={failure} />}
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

function ProjectsMissing({ failure }: { failure: Failure | null }) {
  const reason = failure ? failureTable[failure.code].sentence : 'Sentry did not say'
  return (
    <div className={`${style.projects} ${style.missing}`}>
      <span>
        <Unknown reason="The number of projects is not known" /> projects
      </span>
      <span className={style.reason}>{reason}</span>
    </div>
  )
}
