import chip from '../../components/chip.module.css'
import { describePlatform } from '../../components/platform.ts'
import { Icon } from '../../components/icon.tsx'
import { Unknown } from '../../components/unknown.tsx'
import type { ProjectCardFragment } from '../../generated/graphql.ts'
import style from './project-facts.module.css'

/** The project's name, leading to Sentry, with the mark of a bookmark. */
export function ProjectName({ project }: { project: ProjectCardFragment }) {
  const { name, permalink, isBookmarked } = project
  return (
    <span className={style.name}>
      {permalink ? (
        <a href={permalink} target="_blank" rel="noreferrer">
          <span>{name}</span>
          <span className="visually-hidden"> (opens Sentry)</span>
        </a>
      ) : (
        name
      )}
      {isBookmarked && (
        <span className={style.bookmark} title="Bookmarked">
          <Icon name="bookmark" />
          <span className="visually-hidden">Bookmarked</span>
        </span>
      )}
    </span>
  )
}

/** What the project runs on, and whether it is of a team of the person. */
export function ProjectKind({ project }: { project: ProjectCardFragment }) {
  return (
    <span className={style.kind}>
      {describePlatform(project.platform).label}
      {project.isViewerMember && <span className={chip.accent}>Yours</span>}
    </span>
  )
}

/** As many letters as stand beside each other in a card; what surrounds a name takes the room of three. */
const lettersShown = 28

/** The names that fit, whole, and how many more; all of them in the title. */
export function Chips({ items, prefix = '', none }: { items: readonly string[]; prefix?: string; none: string }) {
  const shown = fitting(items)
  if (items.length === 0) return <span className={style.none}>{none}</span>
  return (
    <span className={style.chips} title={items.map((item) => prefix + item).join(', ')}>
      {shown.map((item) => (
        <span key={item} className={chip.chip}>
          {prefix}
          {item}
        </span>
      ))}
      {items.length > shown.length && <span className={style.none}>+{items.length - shown.length}</span>}
    </span>
  )
}

function fitting(items: readonly string[]): readonly string[] {
  return items.filter((_, index) => index === 0 || roomOf(items.slice(0, index + 1)) <= lettersShown)
}

function roomOf(names: readonly string[]): number {
  return names.reduce((sum, name) => sum + name.length + 3, 0)
}

/** A release; of one named by nothing but a commit only the first letters, which tell it apart. */
export function LatestRelease({ project }: { project: ProjectCardFragment }) {
  const { latestReleaseVersion, firstEventAt } = project
  if (latestReleaseVersion) {
    return (
      <code className={style.release} title={latestReleaseVersion}>
        {/^[0-9a-f]{40}$/i.test(latestReleaseVersion) ? (
          <>
            <span aria-hidden="true">{latestReleaseVersion.slice(0, 12)}</span>
            <span className="visually-hidden">{latestReleaseVersion}</span>
          </>
        ) : (
          latestReleaseVersion
        )}
      </code>
    )
  }
  return (
    <Unknown reason={firstEventAt ? 'Sentry knows no release of this project' : 'Nothing was sent to Sentry yet'} />
  )
}
