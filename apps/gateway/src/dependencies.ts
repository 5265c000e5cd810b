import { readFileSync } from 'node:fs'
import { join } from 'node:path'
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
  const store = await openStore(config, clock)
  const sentryApi = createSentryApi({
    sentryUrl: sentry.url,
    allowedOrigins: sentry.allowedOrigins,
    timeout: config.upstream.timeout,
    userAgent: `sentry-graph/${VERSION}`,
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
  return { store, oauth, sentryApi, sentryUrl: sentry.url, clock, logger, close }
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as {
    version: string
  }
  return version
}

async function openStore({ session, storage }: Config, clock: () => Date): Promise<SessionStore> {
  const { secrets, idleTtl, absoluteTtl } = session
  try {
    return await openSessionStore({ path: storage.databaseFile, secrets, idleTtl, absoluteTtl, clock })
  } catch (error) {
    if (error instanceof UnsupportedSqliteError) throw new StartError(`${error.message}.`, { cause: error })
    if (!(error instanceof StoreUnavailableError)) throw error
    const advice = 'Is DATA_DIR a folder that this user can write, and is the file a database?'
    throw new StartError(`The database ${storage.databaseFile} cannot be opened. ${advice}`, { cause: error })
  }
}
