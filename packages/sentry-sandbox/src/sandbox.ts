import { createApplications, createSeededApplication } from './oauth/application.ts'
import { expandScopes, isKnownScope } from './oauth/scopes.ts'
import { createFaults, type Fault, type FaultMatch } from './server/faults.ts'
import { buildHost } from './server/host.ts'
import { listen } from './server/listen.ts'
import { createRateLimiter, type RateLimit } from './server/rate-limiter.ts'
import { createRequestLog, type RecordedRequest } from './server/request-log.ts'
import type { HostName, SandboxContext } from './server/sandbox-context.ts'
import { createAuthorizations } from './state/authorizations.ts'
import { createBrowserSessions } from './state/browser-sessions.ts'
import { createCodes } from './state/codes.ts'
import { openDatabase } from './state/database.ts'
import { createTokens } from './state/tokens.ts'
import type { RegionName } from './world/organization.ts'
import { createWorld, type SandboxPerson } from './world/world.ts'

const thirtyDays = 30 * 24 * 60 * 60
const hostNames: readonly HostName[] = ['control', 'us', 'de']
const defaultScopes = ['org:read', 'project:read', 'team:read', 'member:read', 'event:read']

export interface SandboxOptions {
  /** Default 127.0.0.1. */
  host?: string
  /** Of the control host; the regions take the next two. 0 gives each host a port that is free. Default 3100. */
  port?: number
  /** SQLite file for consent, codes, tokens and browser sessions. Default: in memory. */
  stateFile?: string
  /** Redirect URIs that the seeded application has in addition to the loopback ones. */
  redirectUris?: readonly string[]
  clock?: () => Date
  /** Seconds. Default 30 days. */
  accessTokenLifetime?: number
  /** Per person and method, of endpoints without a limit of their own. Default 40 requests in 1 s and 25 at a time; false turns the limiter off, as on self-hosted Sentry. */
  rateLimit?: RateLimit | false
  logger?: boolean
}

/** A Sentry that runs in this process. */
export interface Sandbox {
  /** Origin of the control host. */
  url: string
  regions: { name: RegionName; url: string }[]
  application: { clientId: string; clientSecret: string }
  people: readonly SandboxPerson[]
  /** Everything it was asked, in order of arrival. */
  requests: readonly RecordedRequest[]
  clearRequests(): void
  /** A pair of tokens as if the person had signed in and consented. */
  issueTokens(personId: string, scopes?: readonly string[]): { accessToken: string; refreshToken: string }
  expireAccessToken(accessToken: string): void
  /** Withdraws every consent of a person; all their tokens die. */
  revokePerson(personId: string): void
  fault(match: FaultMatch, fault: Fault): void
  clearFaults(): void
  close(): Promise<void>
}

/**
 * Starts a control host and two regions.
 *
 * @throws {PortInUseError}
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 3100, clock = () => new Date() } = options
  const database = openDatabase(options.stateFile ?? ':memory:')
  const application = createSeededApplication(options.redirectUris ?? [])
  const context: SandboxContext = {
    world: createWorld(),
    applications: createApplications([application]),
    authorizations: createAuthorizations(database),
    codes: createCodes(database, clock),
    tokens: createTokens(database, clock, options.accessTokenLifetime ?? thirtyDays),
    browserSessions: createBrowserSessions(database),
    clock,
    origins: { control: '', us: '', de: '' },
    requestLog: createRequestLog(),
    faults: createFaults(),
    rateLimiter: chooseRateLimiter(options.rateLimit, clock),
  }
  const apps = hostNames.map((name) => buildHost(name, context, options.logger ?? false))
  const close = async () => {
    await Promise.all(apps.map((app) => app.close()))
    if (database.isOpen) database.close()
  }
  try {
    for (const [index, app] of apps.entries()) {
      context.origins[hostNames[index] ?? 'control'] = await listen(app, host, port === 0 ? 0 : port + index)
    }
  } catch (error) {
    await close()
    throw error
  }
  const { clientId, clientSecret } = application
  return {
    ...createLevers(context, clientId),
    application: { clientId, clientSecret },
    ...describeHosts(context),
    close,
  }
}

function chooseRateLimiter(rateLimit: RateLimit | false | undefined, clock: () => Date): SandboxContext['rateLimiter'] {
  if (rateLimit === false) return null
  return createRateLimiter(rateLimit ?? { limit: 40, window: 1, concurrency: 25 }, clock)
}

function describeHosts({ origins }: SandboxContext): Pick<Sandbox, 'url' | 'regions'> {
  return {
    url: origins.control,
    regions: [
      { name: 'us', url: origins.us },
      { name: 'de', url: origins.de },
    ],
  }
}

type Levers = Omit<Sandbox, 'url' | 'regions' | 'application' | 'close'>

function createLevers({ world, authorizations, tokens, requestLog, faults }: SandboxContext, clientId: string): Levers {
  return {
    people: world.people,
    requests: requestLog.requests,
    clearRequests: () => requestLog.clear(),
    issueTokens(personId, scopes = defaultScopes) {
      if (world.findPerson(personId) === undefined) throw new RangeError(`The sandbox has no person ${personId}`)
      const unknown = scopes.find((scope) => !isKnownScope(scope))
      if (unknown !== undefined) throw new RangeError(`Sentry has no scope ${unknown}`)
      authorizations.add(clientId, personId, scopes)
      const { accessToken, refreshToken } = tokens.issue({ clientId, personId, scopes: expandScopes(scopes) })
      return { accessToken, refreshToken }
    },
    expireAccessToken: (accessToken) => tokens.expire(accessToken),
    revokePerson(personId) {
      for (const client of authorizations.listClients(personId)) authorizations.remove(client, personId)
    },
    fault: (match, fault) => faults.add(match, fault),
    clearFaults: () => faults.clear(),
  }
}
