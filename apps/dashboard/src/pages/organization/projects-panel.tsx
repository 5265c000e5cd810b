import { useRef } from 'react'
import { type Answer, readAnswer } from '../../components/answer.ts'
import button from '../../components/button.module.css'
import { countNoun, countText } from '../../components/count.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { Listed } from '../../components/listed.tsx'
import { type Listing, useListing } from '../../components/listing.ts'
import { Skeleton } from '../../components/skeleton.tsx'
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

interface ProjectsPanelProps {
  slug: string
  /** All projects, as the page's own query brought them. */
  all: Listing<ProjectCardFragment>
}

/** The organization's projects, filtered by Sentry, ordered here. Asks for itself only when there is a filter. */
export function ProjectsPanel({ slug, all }: ProjectsPanelProps) {
  const view = useProjectView()
  const found = useFilteredProjects(slug, view.query)
  const projects = view.query ? found : all
  const summary = useRef<HTMLOutputElement>(null)
  const clear = () => {
    view.clear()
    summary.current?.focus()
  }
  return (
    <Panel id="projects" title="Projects" toolbar={<ProjectsToolbar view={view} />}>
      <output ref={summary} tabIndex={-1} className={style.summary}>
        {summarize(projects, view)}
      </output>
      <Listed
        listing={projects}
        noun="projects"
        skeleton={<Skeleton shape="cards" label="Loading projects" />}
        empty={<NoProject view={view} onClear={clear} />}
      >
        {(items) => <OrderedProjects projects={items} view={view} />}
      </Listed>
    </Panel>
  )
}

/** The projects of an organization, the first page as the answer to the page's own query has it. */
export function useProjects(
  answer: Answer<OrganizationProjectsQuery>,
  variables: { slug: string; query?: string },
): Listing<ProjectCardFragment> {
  return useListing(answer, {
    document: OrganizationProjectsDocument,
    variables,
    path: ['organization', 'projects'],
    select: (data: OrganizationProjectsQuery) => data.organization?.projects,
  })
}

function useFilteredProjects(slug: string, query: string): Listing<ProjectCardFragment> {
  const variables = { slug, query }
  const response = useOrganizationProjectsQuery({ variables, pause: query === '' })
  return useProjects(readAnswer(response, variables), variables)
}

function OrderedProjects({ projects, view }: { projects: ProjectCardFragment[]; view: ProjectView }) {
  const ordered = projects.toSorted(projectOrders[view.order].compare)
  return view.layout === 'table' ? <ProjectTable projects={ordered} /> : <ProjectGrid projects={ordered} />
}

function NoProject({ view, onClear }: { view: ProjectView; onClear: () => void }) {
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
      <button type="button" className={button.button} onClick={onClear}>
        Show all projects
      </button>
    </EmptyState>
  )
}

function summarize(listing: Listing<ProjectCardFragment>, { filter, mine, order }: ProjectView): string {
  const which = `${mine ? ' of your teams' : ''}${filter ? ` matching “${filter}”` : ''}`
  if (listing.state === 'failed') return ''
  if (listing.state === 'waiting') return `Asking Sentry for projects${which}…`
  const { items, last, more } = listing
  const count = countNoun(countText(last, items.length), 'project')
  const honesty = more && order ? `; ordered among the ${items.length} loaded` : ''
  return count + which + honesty
}
