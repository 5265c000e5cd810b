import { cleanup, render, screen } from '@testing-library/react'
import { buildSchema, graphql, GraphQLError, type GraphQLSchema } from 'graphql'
import { afterEach } from 'vitest'
import sdl from '../../../schema.graphql?raw'
import { App } from './app.tsx'

// The gateway, faked at the network: the committed schema over answers made up by the test.

afterEach(cleanup)

const contract: GraphQLSchema = buildSchema(sdl)

type Fields = Record<string, unknown>

interface Operation {
  name: string
  variables: Fields
}

/**
 * Opens the dashboard at `path` with a gateway that answers `answers` and serves `pages` besides; returns what was
 * asked of it.
 */
export function openDashboard(
  path: string,
  answers: Fields,
  pages = ['/graphiql'],
): { operations: Operation[]; answers: Fields } {
  history.replaceState(null, '', path)
  const operations: Operation[] = []
  const root = { gateway, viewer: viewer(), ...answers }
  const ask = answerWith(root, operations)
  const fetch: typeof globalThis.fetch = async (url, request) =>
    request?.method === 'HEAD'
      ? new Response(null, { status: pages.some((page) => page === url) ? 200 : 404 })
      : ask(url, request)
  render(<App fetch={fetch} />)
  return { operations, answers: root }
}

/** Opens the dashboard with a gateway that cannot be reached. */
export function openDashboardWithoutGateway(path: string): void {
  history.replaceState(null, '', path)
  render(<App fetch={() => Promise.reject(new TypeError('connection refused'))} />)
}

function answerWith(root: Fields, operations: Operation[]): typeof fetch {
  return async (_url, request) => {
    if (new Headers(request?.headers).get('graphql-require-preflight') === null)
      return new Response(null, { status: 403 })
    const { query, variables, operationName } = JSON.parse(request?.body as string)
    operations.push({ name: operationName, variables })
    const result = await graphql({
      schema: contract,
      source: query,
      rootValue: root,
      variableValues: variables,
      operationName,
    })
    return Response.json(result)
  }
}

export const gateway = {
  version: '0.1.0',
  sentryUrl: 'http://127.0.0.1:3100',
  isSandbox: false,
  requestedScopes: ['org:read', 'project:read', 'member:read'],
}

export const user = {
  id: 'U1',
  sentryId: '1',
  name: 'Ada Okafor',
  username: 'ada',
  email: 'ada@acme.example',
  avatarUrl: null,
}

export function viewer(fields: Fields = {}): Fields {
  return { id: 'V1', user, organizations: connection([organization()]), ...fields }
}

export function organization(fields: Fields = {}): Fields {
  return {
    id: 'O1',
    slug: 'acme',
    name: 'Acme Retail',
    avatarUrl: null,
    permalink: 'https://sentry.example/organizations/acme/',
    dateCreated: '2021-05-04T00:00:00Z',
    region: { name: 'us', url: 'https://us.sentry.example', reachable: true },
    projects: connection([project()]),
    teams: connection([team()]),
    members: connection([member()]),
    ...fields,
  }
}

export function project(fields: Fields = {}): Fields {
  return {
    id: 'P1',
    slug: 'storefront',
    name: 'Storefront',
    platform: 'javascript-nextjs',
    permalink: 'https://sentry.example/projects/storefront/',
    dateCreated: '2024-01-01T00:00:00Z',
    firstEventAt: '2024-01-02T00:00:00Z',
    isBookmarked: false,
    isViewerMember: false,
    latestReleaseVersion: 'storefront@2.4.0',
    environments: ['production'],
    teams: [{ id: 'T1', slug: 'web' }],
    ...fields,
  }
}

export function team(fields: Fields = {}): Fields {
  return { id: 'T1', slug: 'web', name: 'Web', permalink: null, memberCount: 0, isViewerMember: true, ...fields }
}

export function member(fields: Fields = {}): Fields {
  return {
    id: 'M1',
    name: 'Jonas Weber',
    email: null,
    orgRole: 'owner',
    isPending: false,
    isExpired: false,
    user: null,
    ...fields,
  }
}

/** A connection over all of `nodes`, unless `fields` says that there is more. */
export function connection(nodes: Fields[], fields: Fields = {}): Fields {
  const pageInfo = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null }
  return { nodes, edges: [], pageInfo, totalCount: null, totalCountIsCapped: false, ...fields }
}

export function moreAfter(endCursor: string): Fields {
  return { pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor } }
}

/** A field that fails as the gateway reports it. */
export function failing(code: string, extensions: Fields = {}): () => never {
  return () => {
    throw new GraphQLError('A message no page may show', {
      extensions: { code, correlationId: 'c0ffee-42', ...extensions },
    })
  }
}

/** A field that never answers. */
export function pending(): Promise<never> {
  return new Promise(() => undefined)
}

export function heading(name: string | RegExp): Promise<HTMLElement> {
  return screen.findByRole('heading', { level: 1, name })
}
