import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { z } from 'zod'
import { DamagedSecretError, DataFolderError, keepDevelopmentSecret } from './development-secret.ts'
import { isLoopback, oneOf, origin, originList, postgresUrl, scopeList, secretList, wholeNumber } from './setting.ts'

const repositoryRoot = resolve(import.meta.dirname, '../../..')
const callbackPath = '/api/auth/callback'
const day = 86_400

/** Everything that can be set from outside, by variable. */
const variables = {
  NODE_ENV: oneOf(['development', 'test', 'production']).default('development'),
  HOST: z.string().default('localhost'),
  PORT: wholeNumber(1, 65_535).default(3001),
  PUBLIC_URL: origin.optional(),
  TRUST_PROXY: wholeNumber(0, 10, 'proxies in front').default(0),
  ALLOWED_ORIGINS: originList.default([]),
  AUTH_RATE_LIMIT: wholeNumber(1, 1_000_000, 'requests a minute').default(120),
  LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  DATA_DIR: z.string().default('data'),
  DATABASE_URL: postgresUrl.optional(),
  SESSION_SECRET: secretList.optional(),
  SIGN_IN_TTL: wholeNumber(1, 3600, 'seconds').default(600),
  SESSION_IDLE_TTL: wholeNumber(1, 365 * day, 'seconds').default(14 * day),
  SESSION_ABSOLUTE_TTL: wholeNumber(1, 365 * day, 'seconds').default(30 * day),
  SENTRY_BASE_URL: origin.default('https://sentry.io'),
  SENTRY_ALLOWED_ORIGINS: originList.default([]),
  SENTRY_OAUTH_CLIENT_ID: z.string().optional(),
  SENTRY_OAUTH_CLIENT_SECRET: z.string().optional(),
  SENTRY_OAUTH_REDIRECT_URI: z.url(`PUBLIC_URL followed by ${callbackPath}`).optional(),
  SENTRY_OAUTH_SCOPES: scopeList.default(['org:read', 'project:read', 'team:read', 'member:read', 'event:read']),
  SANDBOX_PORT: wholeNumber(1, 65_533).default(3100),
  UPSTREAM_TIMEOUT: wholeNumber(100, 60_000, 'milliseconds').default(10_000),
  UPSTREAM_BUDGET: wholeNumber(1, 1000, 'calls').default(30),
  INTROSPECTION: oneOf(['open', 'signed-in', 'off']).optional(),
  GRAPHIQL: oneOf(['on', 'off']).default('on'),
}

type Variable = keyof typeof variables

/** The names of all settings. */
export const variableNames = Object.keys(variables)

type Settings = { [Name in Variable]: z.output<(typeof variables)[Name]> }
type Environment = Readonly<Record<string, string | undefined>>

/** What the process was told, checked and grouped. Lifetimes are in seconds, timeouts in milliseconds. */
export interface Config {
  production: boolean
  logLevel: Settings['LOG_LEVEL']
  http: {
    host: string
    port: number
    /** The origin people see; every link and cookie follows it, whatever a request's headers claim. */
    publicUrl: string
    /** Proxies in front whose X-Forwarded-For is believed. */
    trustProxy: number
    /** Origins besides our own that may send requests with the session cookie. */
    allowedOrigins: string[]
    /** Requests to /api/auth/* that one address may make in a minute. */
    authRateLimit: number
  }
  session: { secrets: string[]; signInTtl: number; idleTtl: number; absoluteTtl: number }
  /** The Sentry to connect to, or the sandbox to start instead. */
  sentry: SentryConnection | SandboxStart
  signIn: { redirectUri: string; scopes: string[] }
  upstream: {
    timeout: number
    /** Upstream calls that one GraphQL operation may make. */
    budget: number
  }
  graphql: { introspection: 'open' | 'signed-in' | 'off'; graphiql: boolean }
  /** An SQLite file of ours, or a PostgreSQL database. */
  storage: { path: string } | { url: string }
}

/** Where Sentry is and who we are there. */
export interface SentryConnection {
  kind: 'sentry'
  url: string
  /** Region origins besides those that belong to `url`. */
  allowedOrigins: string[]
  clientId: string
  clientSecret: string | null
}

/** How the sandbox is started; it tells the connection once it runs. */
export interface SandboxStart {
  kind: 'sandbox'
  port: number
  stateFile: string
}

/** A variable and what was expected of it. What was found is left out: it may be a secret. */
export interface ConfigFault {
  variable: string
  expected: string
}

/** The environment cannot be run with. Its message is the list to show. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly faults: readonly ConfigFault[]

  constructor(faults: readonly ConfigFault[], options?: ErrorOptions) {
    const lines = faults.map(({ variable, expected }) => `  ${variable}: expected ${expected}`)
    super(['The configuration needs attention:', ...lines].join('\n'), options)
    this.faults = faults
  }
}

/** The `.env` file of the repository’s top folder, overridden by the process’s own environment, where an empty value unsets. */
export function loadEnvironment(file = join(repositoryRoot, '.env'), own: Environment = process.env): Environment {
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  return { ...written, ...own }
}

/** Checks an environment and groups it. Throws ConfigError with all faults at once. */
export function readConfig(environment: Environment): Config {
  const { settings, faults } = readSettings(withoutEmpty(environment))
  faults.push(...findContradictions(settings))
  if (faults.length > 0) throw new ConfigError(faults)
  return groupSettings(settings as Settings)
}

function withoutEmpty(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
}

function readSettings(environment: Environment): { settings: Partial<Settings>; faults: ConfigFault[] } {
  const settings: Record<string, unknown> = {}
  const faults: ConfigFault[] = []
  for (const [variable, schema] of Object.entries(variables)) {
    const { data, error } = schema.safeParse(environment[variable]?.trim())
    if (error) faults.push({ variable, expected: error.issues[0]?.message ?? 'another value' })
    else settings[variable] = data
  }
  return { settings, faults }
}

/**
 * Whether nothing may be made up for comfort: in production, and wherever others than this machine can reach us, whatever
 * NODE_ENV says. A faulty PUBLIC_URL leaves it to NODE_ENV.
 */
function isStrict(settings: Partial<Settings>): boolean {
  return settings.NODE_ENV === 'production' || !isLoopback(new URL(publicUrlOf(settings)).hostname)
}

/** Rules that concern two variables; each holds its tongue when one of its own is already faulty. */
function findContradictions(settings: Partial<Settings>): ConfigFault[] {
  const faults: ConfigFault[] = []
  const production = settings.NODE_ENV === 'production'
  const strict = isStrict(settings)
  const because = production ? 'required in production' : 'required because PUBLIC_URL is not this machine alone'
  const { SENTRY_OAUTH_CLIENT_ID: clientId, SENTRY_OAUTH_CLIENT_SECRET: clientSecret } = settings
  if (production && 'PUBLIC_URL' in settings && !settings.PUBLIC_URL?.startsWith('https://'))
    faults.push({ variable: 'PUBLIC_URL', expected: 'an https:// origin, required in production' })
  if (strict && 'SESSION_SECRET' in settings && settings.SESSION_SECRET === undefined)
    faults.push({ variable: 'SESSION_SECRET', expected: `at least 32 characters, ${because}` })
  if (clientId === undefined && (strict || clientSecret !== undefined))
    faults.push({
      variable: 'SENTRY_OAUTH_CLIENT_ID',
      expected: strict
        ? `the client id of an OAuth application of Sentry, ${because}`
        : 'the client id that SENTRY_OAUTH_CLIENT_SECRET belongs to',
    })
  if ('SENTRY_OAUTH_REDIRECT_URI' in settings && 'PUBLIC_URL' in settings && !isOwnRedirectUri(settings))
    faults.push({
      variable: 'SENTRY_OAUTH_REDIRECT_URI',
      expected: `PUBLIC_URL followed by ${callbackPath} (another port is fine, another host is not)`,
    })
  return faults
}

/** Cookies are shared between the ports of a host but not between hosts, so a sign-in has to end where it began. */
function isOwnRedirectUri(settings: Partial<Settings>): boolean {
  const { SENTRY_OAUTH_REDIRECT_URI: redirectUri } = settings
  if (redirectUri === undefined) return true
  const [own, given] = [new URL(publicUrlOf(settings)), new URL(redirectUri)]
  return (
    given.href === `${given.origin}${callbackPath}` &&
    given.protocol === own.protocol &&
    given.hostname === own.hostname
  )
}

function publicUrlOf(settings: Partial<Settings>): string {
  return settings.PUBLIC_URL ?? `http://localhost:${settings.PORT ?? 3001}`
}

function groupSettings(settings: Settings): Config {
  const production = settings.NODE_ENV === 'production'
  const dataDir = resolve(repositoryRoot, settings.DATA_DIR)
  const publicUrl = publicUrlOf(settings)
  return {
    production,
    logLevel: settings.LOG_LEVEL,
    http: {
      host: settings.HOST,
      port: settings.PORT,
      publicUrl,
      trustProxy: settings.TRUST_PROXY,
      allowedOrigins: settings.ALLOWED_ORIGINS,
      authRateLimit: settings.AUTH_RATE_LIMIT,
    },
    session: {
      secrets: settings.SESSION_SECRET ?? [findDevelopmentSecret(dataDir)],
      signInTtl: settings.SIGN_IN_TTL,
      idleTtl: settings.SESSION_IDLE_TTL,
      absoluteTtl: settings.SESSION_ABSOLUTE_TTL,
    },
    sentry: sentryOf(settings, dataDir),
    signIn: {
      redirectUri: settings.SENTRY_OAUTH_REDIRECT_URI ?? `${publicUrl}${callbackPath}`,
      scopes: settings.SENTRY_OAUTH_SCOPES,
    },
    upstream: { timeout: settings.UPSTREAM_TIMEOUT, budget: settings.UPSTREAM_BUDGET },
    graphql: {
      introspection: settings.INTROSPECTION ?? (isStrict(settings) ? 'signed-in' : 'open'),
      graphiql: settings.GRAPHIQL === 'on',
    },
    storage:
      settings.DATABASE_URL === undefined
        ? { path: join(dataDir, 'sentry-graph.sqlite') }
        : { url: settings.DATABASE_URL },
  }
}

function findDevelopmentSecret(dataDir: string): string {
  try {
    return keepDevelopmentSecret(dataDir)
  } catch (error) {
    throw new ConfigError([{ variable: 'DATA_DIR', expected: describeDataFolder(error) }], { cause: error })
  }
}

function describeDataFolder(error: unknown): string {
  if (error instanceof DataFolderError) return 'a folder that this user can write'
  if (error instanceof DamagedSecretError)
    return `a folder whose secret is whole, and ${error.file} is not: remove it, and everybody signs in again`
  throw error
}

function sentryOf(settings: Settings, dataDir: string): SentryConnection | SandboxStart {
  const clientId = settings.SENTRY_OAUTH_CLIENT_ID
  if (clientId === undefined)
    return { kind: 'sandbox', port: settings.SANDBOX_PORT, stateFile: join(dataDir, 'sandbox.sqlite') }
  return {
    kind: 'sentry',
    url: settings.SENTRY_BASE_URL,
    allowedOrigins: settings.SENTRY_ALLOWED_ORIGINS,
    clientId,
    clientSecret: settings.SENTRY_OAUTH_CLIENT_SECRET ?? null,
  }
}
