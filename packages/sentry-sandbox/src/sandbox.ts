import type { DatabaseSync } from 'node:sqlite'
import type { RateLimit } from './api/endpoint.ts'
import { createLevers, type Levers } from './levers.ts'
import {
  createApplications,
  createSeededApplication,
  furtherApplications,
  type Application,
} from './oauth/application.ts'
import { createFaults } from './server/faults.ts'
import { buildHost } from './server/host.ts'
import { createKeptAnswers } from './server/kept-answers.ts'
import { listen } from './server/listen.ts'
import { createRateLimiter } from './server/rate-limiter.ts'
import { createRequestLog } from './server/request-log.ts'
import type { SandboxContext } from './server/sandbox-context.ts'
import { createServerClock } from './server/server-clock.ts'
import { defaultSettings, type Settings } from './server/settings.ts'
import { createAuthorizations } from './state/authorizations.ts'
import { createBrowserSessions } from './state/browser-sessions.ts'
import { createCodes } from './state/codes.ts'
import { openDatabase } from './state/database.ts'
import { createDeviceCodes } from './state/device-codes.ts'
import { createIssueChanges } from './state/issue-changes.ts'
import { createTokenReplication } from './state/token-replication.ts'
import { createTokens } from './state/tokens.ts'
import type { HostName, RegionName } from './world/organization.ts'
import { createWorld, type World } from './world/world.ts'

const hostNames: readonly HostName[] = ['control', 'us', 'de']

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
  /** Everything that happens in the world depends on it; its people, organizations, teams and projects do not. */
  seed?: string
  /** Seconds. Default 30 days. */
  accessTokenLifetime?: number
  /** Per person and method, of endpoints without a limit of their own. Default 40 requests in 1 s and 25 at a time; false turns the limiter off, as on self-hosted Sentry. */
  rateLimit?: RateLimit | false
  /** What differs between Sentry installations; all of it can be changed later. */
  settings?: Partial<Settings>
  logger?: boolean
}

/** A Sentry that runs in this process. */
export interface Sandbox extends Levers {
  /** Origin of the control host. */
  url: string
  regions: { name: RegionName; url: string }[]
  application: { clientId: string; clientSecret: string }
  close(): Promise<void>
}

/**
 * Starts a control host and two regions.
 *
 * @throws {PortInUseError}
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { host = '127.0.0.1', port = 3100 } = options
  const database = openDatabase(options.stateFile ?? ':memory:')
  const application = createSeededApplication(options.redirectUris ?? [])
  const serverClock = createServerClock(options.clock ?? (() => new Date()))
  const world = createWorld({ clock: serverClock.now, ...(options.seed === undefined ? {} : { seed: options.seed }) })
  const context = createContext(database, application, world, chooseSettings(options), serverClock.now)
  const levers = createLevers(context, application.clientId, serverClock)
  const apps = hostNames.map((name) => buildHost(name, context, levers, options.logger ?? false))
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
  return Object.assign(levers, { application: { clientId, clientSecret }, ...describeHosts(context), close })
}

function chooseSettings({ accessTokenLifetime, rateLimit, settings }: SandboxOptions): Settings {
  return {
    ...defaultSettings,
    ...(accessTokenLifetime === undefined ? {} : { accessTokenLifetime }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...settings,
  }
}

function createContext(
  database: DatabaseSync,
  application: Application,
  world: World,
  settings: Settings,
  clock: () => Date,
): SandboxContext {
  const tokenReplication = createTokenReplication(clock, () => settings.tokenReplicationDelay)
  const tokens = createTokens(database, clock, () => settings.accessTokenLifetime, tokenReplication.note)
  return {
    world,
    settings,
    applications: createApplications([application, ...furtherApplications]),
    inactive: new Set(),
    hostsDown: new Set(),
    issueChanges: createIssueChanges(database),
    authorizations: createAuthorizations(database, tokens),
    codes: createCodes(database, clock),
    deviceCodes: createDeviceCodes(database, clock),
    tokens,
    tokenReplication,
    browserSessions: createBrowserSessions(database),
    clock,
    origins: { control: '', us: '', de: '' },
    requestLog: createRequestLog(),
    keptAnswers: createKeptAnswers(() => world.clock.now().getTime()),
    faults: createFaults(),
    rateLimiter: createRateLimiter(clock),
  }
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
