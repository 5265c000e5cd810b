import type { IssueSearch, IssueSort } from '@sentry-graph/sentry-api'
import { bounded } from './bounded.ts'
import { readEnvironmentNames } from './environment-names.ts'
import { GraphError } from './graph-error.ts'
import type { OrganizationSource } from './node-source.ts'
import { readProjectIds } from './project-ids.ts'
import { inQuotes, readFilledText, readSearchText, searchList } from './search-text.ts'
import { readTimeRange, type TimeRangeInput } from './time-range.ts'

export interface IssueFilterInput {
  query?: string | null | undefined
  status?: readonly string[] | null | undefined
  level?: readonly string[] | null | undefined
  priority?: readonly string[] | null | undefined
  assignedToViewer?: boolean | null | undefined
  projectIds?: readonly string[] | null | undefined
  environments?: readonly string[] | null | undefined
  release?: string | null | undefined
}

export interface IssueListArguments {
  filter?: IssueFilterInput | null | undefined
  sort?: IssueSort | null | undefined
  range?: TimeRangeInput | null | undefined
}

/**
 * Puts a typed filter into Sentry's search syntax: terms that all have to hold, each with the values it may have.
 * Of one `project`, or of the `projectIds` of an organization, only where that is given. @throws GraphError `BAD_USER_INPUT` for what Sentry cannot search, before
 * any call.
 */
export function readIssueSearch(
  { filter, sort, range }: IssueListArguments,
  organization?: OrganizationSource,
  project?: string,
): IssueSearch {
  return {
    query: readTerms(filter ?? {}).join(' '),
    sort: sort ?? 'date',
    projects: organization ? readProjects(filter?.projectIds, organization, project) : [],
    environments: readEnvironmentNames(filter?.environments),
    range: range ? readTimeRange(range) : null,
  }
}

function readTerms({ query, status, level, priority, assignedToViewer, release }: IssueFilterInput): string[] {
  const text = readSearchText(query)
  return [
    ...(text === null ? [] : [text]),
    // `is:` takes no list, `status:` does.
    ...term('status', bounded('status', status).map(readSearchableStatus)),
    ...term('level', bounded('level', level)),
    ...term('issue.priority', bounded('priority', priority)),
    ...(typeof assignedToViewer === 'boolean' ? [`${assignedToViewer ? '' : '!'}assigned:me`] : []),
    ...(typeof release === 'string' ? [`release:${inQuotes(readFilledText('release', release))}`] : []),
  ]
}

const term = (key: string, values: readonly string[]) => (values.length === 0 ? [] : [`${key}:${searchList(values)}`])

const searchableStatuses = ['unresolved', 'resolved', 'ignored', 'reprocessing']

function readSearchableStatus(status: string): string {
  if (searchableStatuses.includes(status)) return status
  throw new GraphError('BAD_USER_INPUT', 'Sentry searches for UNRESOLVED, RESOLVED, ARCHIVED and REPROCESSING only.')
}

function readProjects(
  ids: IssueFilterInput['projectIds'],
  organization: OrganizationSource,
  project: string | undefined,
): readonly string[] {
  const projects = readProjectIds(ids, organization)
  if (project === undefined) return projects
  if (projects.some((id) => id !== project)) {
    throw new GraphError('BAD_USER_INPUT', 'The issues of a project are of no other one: leave "projectIds" out.')
  }
  return [project]
}
