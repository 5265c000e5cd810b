import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FeedTiming, usualTiming } from '@sentry-graph/schema'
import { createSentryApi, type SentryApi } from '@sentry-graph/sentry-api'
import { createSentryOAuth, type SentryOAuth } from '@sentry-graph/sentry-oauth'
import {
  openSessionStore,
  StoreUnavailableError,
  UnsupportedSqliteError,
  type SessionStore,
} from '@sentry-graph/session-store'
import type { Logger } from 'pino'
import type { Config, SentryConnection } from './config.ts'
import { StartError } from './start-error.ts'

/** What the app is built upon; all of it comes from outside, so that a test can put something else in its place. */
export interface Dependencies {
  store: SessionStore
  oauth: SentryOAuth
  sentryApi: SentryApi
  sentryUrl: string
  clock: () => Date
  feedTiming: FeedTiming
  logger: Logger
  close(): Promise<void>
}

/** Milliseconds for the token endpoint; with the call for the profile behind it a sign-in still ends within 10 s. */
const SLOWEST_EXCHANGE = 7000

/** Of this package. */
export const VERSION = readVersion()

/** Opens the store and the two clients of Sentry. Throws StartError when the store does not open. */
export async function openDependencies(
  config: Config,
  sentry: SentryConnection,
  logger: Logger,
  clock = () => new Date(),
): Promise<Dependencies> {
  const store = await openStore(config, logger, clock)
  const sentryApi = createSentryApi({
    sentryUrl: sentry.url,
    allowedOrigins: sentry.allowedOrigins,
    timeout: config.upstream.timeout,
    userAgent: `sentry-graph/${VERSION}`,
    onDeprecation: (deprecation) =>
      logger.warn({ event: 'sentry.deprecation', ...deprecation }, 'Sentry is going to take away an endpoint'),
  })
  const oauth = createSentryOAuth({
    sentryUrl: sentry.url,
    clientId: sentry.clientId,
    ...(sentry.clientSecret === null ? {} : { clientSecret: sentry.clientSecret }),
    redirectUri: config.signIn.redirectUri,
    scopes: config.signIn.scopes,
    timeout: Math.min(config.upstream.timeout, SLOWEST_EXCHANGE),
    clock,
  })
  const close = async () => {
    await sentryApi.close()
    await store.close()
  }
  return { store, oauth, sentryApi, sentryUrl: sentry.url, clock, feedTiming: usualTiming, logger, close }
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    version: string
  }
  return version
}

/** Opens the store of these settings. Throws StartError when it does not open. */
export async function openStore(
  { session, storage }: Pick<Config, 'session' | 'storage'>,
  logger: Logger,
  clock = () => new Date(),
): Promise<SessionStore> {
  const { secrets, idleTtl, absoluteTtl } = session
  const report = (err: StoreUnavailableError) => logger.warn({ event: 'store.failed', err }, 'the database fails')
  try {
    return await openSessionStore({ ...storage, secrets, idleTtl, absoluteTtl, clock, report })
  } catch (error) {
    if (error instanceof UnsupportedSqliteError) throw new StartError(`${error.message}.`, { cause: error })
    if (error instanceof StoreUnavailableError) throw new StartError(describeTrouble(storage), { cause: error })
    throw error
  }
}

/** The URL stays out of it: it may hold a password. */
function describeTrouble(storage: Config['storage']): string {
  if ('url' in storage)
    return 'The database of DATABASE_URL cannot be opened. Does it run, and do its name, user and password fit?'
  const advice = 'Is DATA_DIR a folder that this user can write, and is the file a database?'
  return `The database ${storage.path} cannot be opened. ${advice}`
}
