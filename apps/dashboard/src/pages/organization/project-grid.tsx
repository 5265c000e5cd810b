import { PlatformTile } from '../../components/platform-tile.tsx'
import type { ProjectCardFragment } from '../../generated/graphql.ts'
import { Chips, LatestRelease, ProjectKind, ProjectName } from './project-facts.tsx'
import style from './project-grid.module.css'

/** Projects as cards. */
export function ProjectGrid({ projects }: { projects: readonly ProjectCardFragment[] }) {
  return (
    <ul className={style.grid}>
      {projects.map((project) => (
        <li key={project.id} className={style.card}>
          <div className={style.head}>
            <PlatformTile platform={project.platform} />
            <div className={style.names}>
              <h3>
                <ProjectName project={project} />
              </h3>
              <ProjectKind project={project} />
            </div>
          </div>
          <dl className={style.facts}>
            <dt>Teams</dt>
            <dd>
              <Chips items={project.teams.map(({ slug }) => slug)} prefix="#" none="no team" />
            </dd>
            <dt>Release</dt>
            <dd>
              <LatestRelease project={project} />
            </dd>
            <dt>Runs in</dt>
            <dd>
              <Chips items={project.environments} none="no environment yet" />
            </dd>
          </dl>
        </li>
      ))}
    </ul>
  )
}
