import type { ExplorerQuery } from '../generated/graphql.ts'
import latestIssue from './examples/latest-issue.graphql?raw'
import nodeById from './examples/node-by-id.graphql?raw'
import openIssues from './examples/open-issues.graphql?raw'
import pageByAddress from './examples/page-by-address.graphql?raw'
import projectsOfAllOrganizations from './examples/projects-of-all-organizations.graphql?raw'
import projectsOfOneOrganization from './examples/projects-of-one-organization.graphql?raw'
import projectsGrid from './examples/projects-grid.graphql?raw'
import rateLimitAndGateway from './examples/rate-limit-and-gateway.graphql?raw'
import releases from './examples/releases.graphql?raw'
import teamsAndMembers from './examples/teams-and-members.graphql?raw'
import viewerAndOrganizations from './examples/viewer-and-organizations.graphql?raw'
import type { ExplorerViewer } from './viewer-context.ts'

type Organization = NonNullable<NonNullable<ExplorerQuery['viewer']>['organizations']>['nodes'][number]

/** An operation that runs as it is. */
export interface Example {
  title: string
  summary: string
  query: string
  /** Variables filled in from the first organization of the person who asks. */
  variables?: (organization: Organization) => Record<string, string>
}

export const examples: readonly Example[] = [
  {
    title: 'You and your organizations',
    summary: 'Who is signed in, and every organization of every region.',
    query: viewerAndOrganizations,
  },
  {
    title: 'Projects of all organizations',
    summary: 'Projects and their platforms, at one call to Sentry for each organization.',
    query: projectsOfAllOrganizations,
  },
  {
    title: 'Projects of one organization',
    summary: 'Releases, environments and first events, with a filter.',
    query: projectsOfOneOrganization,
    variables: ({ slug }) => ({ slug }),
  },
  {
    title: 'Projects with their numbers',
    summary: 'Errors, crash-free sessions and active issues of a day, asked for together.',
    query: projectsGrid,
    variables: ({ slug }) => ({ slug }),
  },
  {
    title: 'Releases',
    summary: 'What was released last, by whom, and how it does.',
    query: releases,
    variables: ({ slug }) => ({ slug }),
  },
  {
    title: 'Open issues',
    summary: 'What goes wrong most, where, and who looks after it.',
    query: openIssues,
    variables: ({ slug }) => ({ slug }),
  },
  {
    title: 'The latest issue',
    summary: 'What happened, where in the code, and what was done about it.',
    query: latestIssue,
    variables: ({ slug }) => ({ slug }),
  },
  {
    title: 'Teams and members',
    summary: 'Who works in an organization.',
    query: teamsAndMembers,
    variables: ({ slug }) => ({ slug }),
  },
  {
    title: 'Rate limit and gateway',
    summary: 'What may still be asked of Sentry, and who answers.',
    query: rateLimitAndGateway,
  },
  {
    title: 'Any page by its address',
    summary: 'What a link into Sentry points at.',
    query: pageByAddress,
    variables: ({ permalink }) => ({ url: permalink ?? '' }),
  },
  {
    title: 'Any object by its id',
    summary: 'How Relay and caches refetch.',
    query: nodeById,
    variables: ({ id }) => ({ id }),
  },
]

/** Why an example cannot run as it is for this person; null when it can. */
export function whyUnavailable(example: Example, viewer: ExplorerViewer): string | null {
  if (!example.variables || viewer?.organizations?.nodes[0]) return null
  if (viewer === undefined) return 'Needs an organization; yours are not known yet.'
  if (viewer === null) return 'Needs an organization; sign in first.'
  if (!viewer.organizations) return 'Needs an organization; yours could not be read.'
  return 'Needs an organization; you belong to none.'
}
