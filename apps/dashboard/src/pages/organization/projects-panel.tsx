import button from '../../components/button.module.css'
import { countNoun, countText } from '../../components/count.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { LoadMore } from '../../components/load-more.tsx'
import { type Connected, useMorePages } from '../../components/more-pages.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { FailureNotice } from '../../failure/failure-notice.tsx'
import { findFailure } from '../../failure/failure.ts'
import {
  OrganizationProjectsDocument,
  type OrganizationProjectsQuery,
  type ProjectCardFragment,
  useOrganizationProjectsQuery,
} from '../../generated/graphql.ts'
import { Panel } from './panel.tsx'
import { ProjectGrid } from './project-grid.tsx'
import { projectOrders } from './project-order.ts'
import { ProjectTable } from './project-table.tsx'
import { type ProjectView, useProjectView } from './project-view.ts'
import { ProjectsToolbar } from './projects-toolbar.tsx'
import style from './projects-panel.module.css'

/** The organization's projects, filtered by Sentry, ordered here. */
export function ProjectsPanel({ slug }: { slug: string }) {
  const view = useProjectView()
  return (
    <Panel id="projects" title="Projects" toolbar={<ProjectsToolbar view={view} />}>
      <Projects slug={slug} view={view} />
    </Panel>
  )
}

function Projects({ slug, view }: { slug: string; view: ProjectView }) {
  const variables = view.query ? { slug, query: view.query } : { slug }
  const answer = useOrganizationProjectsQuery({ variables })
  const connected = useMorePages(answer, OrganizationProjectsDocument, variables, selectProjects)
  const [{ error, fetching }, ask] = answer

  const failure = findFailure(error, ['organization', 'projects'])
  if (!connected && failure && !fetching) {
    return <FailureNotice failure={failure} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  }
  if (!connected) return <Skeleton shape="cards" label="Loading projects" />
  if (connected.items.length === 0) return <NoProject view={view} />

  const projects = connected.items.toSorted(projectOrders[view.order].compare)
  return (
    <div aria-busy={fetching} className={style.projects}>
      <output className={style.summary}>{summarize(connected, view)}</output>
      {view.layout === 'table' ? <ProjectTable projects={projects} /> : <ProjectGrid projects={projects} />}
      <LoadMore connected={connected} noun="projects" />
    </div>
  )
}

function NoProject({ view }: { view: ProjectView }) {
  if (!view.query) {
    return (
      <EmptyState title="This organization has no projects">
        <p>A project is made in Sentry for each application it watches. It appears here once it exists.</p>
      </EmptyState>
    )
  }
  return (
    <EmptyState title={view.filter ? `No project matches “${view.filter}”` : 'No project of a team of yours'}>
      <p>{view.mine ? 'Only projects of your teams are searched.' : 'Sentry looks for this in names and slugs.'}</p>
      <button type="button" className={button.button} onClick={view.clear}>
        Show all projects
      </button>
    </EmptyState>
  )
}

function summarize(
  { items, last, more }: Connected<ProjectCardFragment>,
  { filter, mine, order }: ProjectView,
): string {
  const count = countNoun(countText(last, items.length), 'project')
  const which = `${mine ? ' of your teams' : ''}${filter ? ` matching “${filter}”` : ''}`
  const honesty = more && order ? `; ordered among the ${items.length} loaded` : ''
  return count + which + honesty
}

function selectProjects(data: OrganizationProjectsQuery) {
  return data.organization?.projects
}
