import { z } from 'zod'
import { readList, readShape } from './json-answer.ts'
import type { QueryParameters } from './request-path.ts'
import { SentryApiError } from './sentry-api-error.ts'
import type { SentryClient, SentryRequest, SentryResponse } from './sentry-client.ts'
import { filledText, id, readValue, requiredText } from './shape.ts'

const listEndpoint = '/api/0/organizations/'
const regionsEndpoint = '/api/0/users/me/regions/'

/** Milliseconds for which it may be remembered what the allowed organizations are called. */
const NAMES_LIFETIME = 60_000

const organizationShape = z.object({ id, slug: requiredText, links: z.object({ regionUrl: filledText }).nullish() })
const itemsShape = z.array(z.unknown())
const regionsShape = z.looseObject({ regions: z.array(z.looseObject({ url: requiredText })) })

type KnownOrganization = z.output<typeof organizationShape>

/**
 * The same client for somebody who may ask about these organizations only, named by their numeric ids. Whatever is about
 * another one, or about none and not known to be harmless, is `not_found` and never reaches Sentry; reads and writes alike.
 */
export function narrowClient(client: SentryClient, organizations: readonly string[]): SentryClient {
  const allowed: ReadonlySet<string> = new Set(organizations)
  const slugs = new Set<string>()

  return {
    sentryUrl: client.sentryUrl,
    calls: client.calls,
    reuses: client.reuses,
    async get(request) {
      if (request.endpoint === listEndpoint) return await listAllowed(request)
      if (request.endpoint === regionsEndpoint) return await listRegions(request)
      await requireAllowed(request)
      return await client.get(request)
    },
    async write(request) {
      await requireAllowed(request)
      return await client.write(request)
    },
  }

  async function requireAllowed({ endpoint, parameters }: Pick<SentryRequest, 'endpoint' | 'parameters'>) {
    const named = endpoint.includes('{org}') ? parameters?.['org'] : undefined
    if (named !== undefined && (await isAllowed(named))) return
    throw new SentryApiError('not_found', 'The session is narrowed to other organizations.', { endpoint })
  }

  async function isAllowed(idOrSlug: string): Promise<boolean> {
    if (allowed.has(idOrSlug) || slugs.has(idOrSlug)) return true
    await findAllowed()
    return slugs.has(idOrSlug)
  }

  /** A slug that nobody has told yet is looked up among the allowed ones, never by itself. */
  async function findAllowed(): Promise<KnownOrganization[]> {
    const request = { endpoint: listEndpoint, query: { per_page: 100 }, lifetime: NAMES_LIFETIME }
    return readOrganizations(await listAllowed(request))
  }

  async function listAllowed(request: SentryRequest): Promise<SentryResponse> {
    const query = narrowSearch(request.query?.['query'], allowed)
    if (query === null) return { body: [], header: () => null }
    const response = await client.get({ ...request, query: { ...request.query, query } })
    const items = readShape(itemsShape, response, listEndpoint)
    const kept = items.filter((item) => allowed.has(readValue(organizationShape, item, listEndpoint).id))
    const narrowed = { body: kept, header: kept.length === items.length ? response.header : withoutCounts(response) }
    for (const { slug } of readOrganizations(narrowed)) slugs.add(slug)
    return narrowed
  }

  async function listRegions(request: SentryRequest): Promise<SentryResponse> {
    const response = await client.get(request)
    const { regions, ...others } = readShape(regionsShape, response, regionsEndpoint)
    const origins = new Set((await findAllowed()).map(({ links }) => originOf(links?.regionUrl ?? null)))
    return {
      body: { ...others, regions: regions.filter(({ url }) => origins.has(originOf(url))) },
      header: response.header,
    }
  }
}

/** The search of an organization list, for the allowed among those that it names by id; null when there are none. */
function narrowSearch(text: QueryParameters[string], allowed: ReadonlySet<string>): string | null {
  const terms = String(text ?? '').split(/\s+/)
  const named = terms.filter((term) => term.startsWith('id:')).map((term) => term.slice('id:'.length))
  const ids = named.length === 0 ? [...allowed] : named.filter((name) => allowed.has(name))
  if (ids.length === 0) return null
  const others = terms.filter((term) => term !== '' && !term.startsWith('id:'))
  return [...others, ...ids.map((name) => `id:${name}`)].join(' ')
}

function readOrganizations(response: SentryResponse): KnownOrganization[] {
  return readList(organizationShape, response, listEndpoint)
}

/** A count of what is not shown would tell of it. */
function withoutCounts({ header }: SentryResponse): SentryResponse['header'] {
  return (name) => (/^x-(max-)?hits$/i.test(name) ? null : header(name))
}

function originOf(url: string | null): string | undefined {
  return URL.parse(url ?? '')?.origin
}
