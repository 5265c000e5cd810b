import { PlatformTile } from '../../components/platform-tile.tsx'
import type { ProjectCardFragment } from '../../generated/graphql.ts'
import { Chips, LatestRelease, ProjectKind, ProjectName } from './project-facts.tsx'
import style from './project-table.module.css'

/** Projects as rows: more at a glance; on a narrow screen each row folds into lines, each with its label. */
export function ProjectTable({ projects }: { projects: readonly ProjectCardFragment[] }) {
  return (
    <div className={style.frame}>
      <table className={style.table}>
        <thead>
          <tr>
            <th scope="col">Project</th>
            <th scope="col">Teams</th>
            <th scope="col">Latest release</th>
            <th scope="col">Runs in</th>
          </tr>
        </thead>
        <tbody>
          {projects.map((project) => (
            <tr key={project.id}>
              <th scope="row">
                <span className={style.project}>
                  <PlatformTile platform={project.platform} size="s" />
                  <span>
                    <ProjectName project={project} />
                    <ProjectKind project={project} />
                  </span>
                </span>
              </th>
              <td data-label="Teams">
                <Chips items={project.teams.map(({ slug }) => slug)} prefix="#" none="no team" />
              </td>
              <td className={style.release} data-label="Release">
                <LatestRelease project={project} />
              </td>
              <td data-label="Runs in">
                <Chips items={project.environments} none="no environment yet" />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
