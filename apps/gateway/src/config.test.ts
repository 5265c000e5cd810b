import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ConfigError, loadEnvironment, readConfig, variableNames, type SentryConnection } from './config.ts'
import { openDependencies } from './dependencies.ts'
import { createLogger } from './operations/logger.ts'
import { StartError } from './start-error.ts'

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'config-'))
})

afterEach(() => rmSync(dataDir, { recursive: true }))

const secret = 'a secret of more than thirty-two characters'

const development = (changes: Record<string, string> = {}) => readConfig({ DATA_DIR: dataDir, ...changes })

const production = (changes: Record<string, string> = {}) =>
  development({
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://graph.example.com',
    SESSION_SECRET: secret,
    SENTRY_OAUTH_CLIENT_ID: 'client',
    ...changes,
  })

function faultsOf(read: () => unknown): string[] {
  try {
    read()
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.map(({ variable }) => variable)
    throw error
  }
  return []
}

describe('with nothing set', () => {
  test('runs against the sandbox on its own port', () => {
    const stateFile = join(dataDir, 'sandbox.sqlite')
    expect(development().sentry).toEqual({ kind: 'sandbox', port: 3100, stateFile })
    expect(development({ SANDBOX_PORT: '4100' }).sentry).toEqual({ kind: 'sandbox', port: 4100, stateFile })
  })

  test('is reached on localhost and returns there from Sentry', () => {
    const { http, signIn } = development({ PORT: '4001' })
    expect(http).toMatchObject({ host: 'localhost', port: 4001, publicUrl: 'http://localhost:4001', trustProxy: 0 })
    expect(signIn.redirectUri).toBe('http://localhost:4001/api/auth/callback')
  })

  test('keeps one generated session secret, readable by its owner alone', () => {
    const [secret] = development().session.secrets
    expect(secret).toHaveLength(43)
    expect(development().session.secrets).toEqual([secret])
    expect(readFileSync(join(dataDir, 'session-secret'), 'utf8')).toBe(secret)
    expect(statSync(join(dataDir, 'session-secret')).mode & 0o777).toBe(0o600)
  })

  test('leaves introspection open', () => {
    expect(development().graphql).toEqual({ introspection: 'open', graphiql: true })
  })
})

describe('in production', () => {
  test('runs against Sentry with introspection for the signed-in', () => {
    const config = production()
    expect(config.sentry).toMatchObject({ kind: 'sentry', url: 'https://sentry.io', clientId: 'client' })
    expect(config.graphql.introspection).toBe('signed-in')
  })

  test('refuses to start without address, secret and client id', () => {
    expect(faultsOf(() => readConfig({ NODE_ENV: 'production', DATA_DIR: dataDir }))).toEqual([
      'PUBLIC_URL',
      'SESSION_SECRET',
      'SENTRY_OAUTH_CLIENT_ID',
    ])
  })

  test.each(['http://graph.example.com', 'http://localhost:3001'])('refuses to be reached at %s', (address) => {
    expect(faultsOf(() => production({ PUBLIC_URL: address }))).toEqual(['PUBLIC_URL'])
  })
})

describe('with a public address, whatever NODE_ENV says,', () => {
  const PUBLIC_URL = 'https://graph.example.com'

  test('makes up neither secret nor Sentry, and says why', () => {
    expect(faultsOf(() => development({ PUBLIC_URL }))).toEqual(['SESSION_SECRET', 'SENTRY_OAUTH_CLIENT_ID'])
    expect(() => development({ PUBLIC_URL })).toThrow(/SESSION_SECRET: .*because PUBLIC_URL is not this machine alone/)
    expect(existsSync(join(dataDir, 'session-secret'))).toBe(false)
  })

  test('shows the schema to the signed-in alone', () => {
    const config = development({ PUBLIC_URL, SESSION_SECRET: secret, SENTRY_OAUTH_CLIENT_ID: 'client' })
    expect(config.graphql.introspection).toBe('signed-in')
  })
})

test('the process’s own environment wins over the .env file, also with an empty value, which unsets', () => {
  const file = join(dataDir, '.env')
  writeFileSync(file, 'PORT=4001\nSANDBOX_PORT="4100" # of three\nHOST=127.0.0.1\n')
  const environment = loadEnvironment(file, { PORT: '5001', SANDBOX_PORT: '', OTHER: 'x' })
  expect(environment).toMatchObject({ PORT: '5001', SANDBOX_PORT: '', HOST: '127.0.0.1' })
  expect(readConfig({ DATA_DIR: dataDir, ...environment }).sentry).toMatchObject({ port: 3100 })
  expect(loadEnvironment(join(dataDir, 'none'), { PORT: '5001' })).toEqual({ PORT: '5001' })
})

test('.env.example explains every setting and no other', () => {
  const example = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8')
  const explained = [...example.matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(new Set(explained)).toEqual(new Set(variableNames))
})

test('an empty variable counts as unset', () => {
  expect(development({ PORT: '', SESSION_SECRET: ' ', SENTRY_OAUTH_CLIENT_ID: '' }).http.port).toBe(3001)
})

test('several session secrets rotate', () => {
  const [next, former] = [`next ${secret}`, `former ${secret}`]
  expect(development({ SESSION_SECRET: `${next}, ${former}` }).session.secrets).toEqual([next, former])
})

test('lists are split and trimmed', () => {
  const config = development({
    ALLOWED_ORIGINS: 'https://a.example, http://localhost:5173',
    SENTRY_OAUTH_SCOPES: 'org:read  event:write,openid',
  })
  expect(config.http.allowedOrigins).toEqual(['https://a.example', 'http://localhost:5173'])
  expect(config.signIn.scopes).toEqual(['org:read', 'event:write', 'openid'])
})

test.each(['http://127.0.0.2', 'http://127.255.255.254:9000', 'http://[::1]:9000', 'http://localhost:9000'])(
  'a Sentry at %s is on this machine, for every part of us',
  async (url) => {
    const config = development({ SENTRY_BASE_URL: url, SENTRY_OAUTH_CLIENT_ID: 'client' })
    if (config.sentry.kind !== 'sentry') throw new Error('The sandbox was chosen')
    const dependencies = await openDependencies(config, config.sentry, createLogger({ ...config, logLevel: 'silent' }))
    expect(dependencies.sentryUrl).toBe(url)
    await dependencies.close()
  },
)

test.each(['postgres://graph:password@db.internal/graph', 'postgresql://localhost/graph'])(
  'sessions are kept in the PostgreSQL of %s, and else in a file',
  (url) => {
    expect(development({ DATABASE_URL: url }).storage).toEqual({ url })
    expect(development().storage).toEqual({ path: join(dataDir, 'sentry-graph.sqlite') })
  },
)

test('a database that is not there keeps the process from starting, and its password stays untold', async () => {
  const config = development({ DATABASE_URL: 'postgres://graph:in-clear@127.0.0.1:1/graph' })
  const connection = { kind: 'sentry', url: 'https://sentry.io', allowedOrigins: [], clientId: 'c', clientSecret: null }
  const logger = createLogger({ ...config, logLevel: 'silent' })
  const refusal: unknown = await openDependencies(config, connection as SentryConnection, logger).catch(
    (e: unknown) => e,
  )
  expect(refusal).toBeInstanceOf(StartError)
  expect(inspect(refusal, { depth: Infinity, showHidden: true })).not.toContain('in-clear')
})

test('the redirect URI may have another port of the same host', () => {
  const redirectUri = 'http://localhost:3001/api/auth/callback'
  const config = development({ PUBLIC_URL: 'http://localhost:5173', SENTRY_OAUTH_REDIRECT_URI: redirectUri })
  expect(config.signIn.redirectUri).toBe(redirectUri)
})

describe('refuses', () => {
  test.each([
    ['NODE_ENV', 'prod'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '30o1'],
    ['PORT', '-1'],
    ['PUBLIC_URL', 'graph.example.com'],
    ['PUBLIC_URL', 'https://graph.example.com/path'],
    ['PUBLIC_URL', 'http://graph.example.com'],
    ['PUBLIC_URL', 'http://localhost.example.com'],
    ['PUBLIC_URL', 'https://person@graph.example.com'],
    ['TRUST_PROXY', 'true'],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://a.example https://b.example'],
    ['ALLOWED_ORIGINS', 'https://a.example,https://b.example/x'],
    ['AUTH_RATE_LIMIT', '0'],
    ['LOG_LEVEL', 'loud'],
    ['DATABASE_URL', 'mysql://localhost/graph'],
    ['DATABASE_URL', 'data/graph.sqlite'],
    ['SESSION_SECRET', 'short'],
    ['SESSION_SECRET', `${secret},short`],
    ['SESSION_SECRET', 'x'.repeat(64)],
    ['SESSION_SECRET', 'passwordpasswordpasswordpassword'],
    ['SIGN_IN_TTL', '0'],
    ['SESSION_IDLE_TTL', '14d'],
    ['SESSION_ABSOLUTE_TTL', '1.5'],
    ['SENTRY_BASE_URL', 'http://sentry.example.com'],
    ['SENTRY_ALLOWED_ORIGINS', 'sentry.io'],
    ['SENTRY_OAUTH_REDIRECT_URI', 'nonsense'],
    ['SENTRY_OAUTH_REDIRECT_URI', 'http://localhost:3001/elsewhere'],
    ['SENTRY_OAUTH_REDIRECT_URI', 'http://localhost:3001/api/auth/callback?next=/'],
    ['SENTRY_OAUTH_REDIRECT_URI', 'http://127.0.0.1:3001/api/auth/callback'],
    ['SENTRY_OAUTH_REDIRECT_URI', 'https://localhost:3001/api/auth/callback'],
    ['SENTRY_OAUTH_SCOPES', 'org:read;team:read'],
    ['SANDBOX_PORT', '65534'],
    ['UPSTREAM_TIMEOUT', '5s'],
    ['UPSTREAM_BUDGET', '0'],
    ['INTROSPECTION', 'yes'],
    ['GRAPHIQL', 'true'],
  ])('%s=%s', (variable, value) => {
    expect(faultsOf(() => development({ [variable]: value }))).toEqual([variable])
  })

  test('a client secret without its client id', () => {
    expect(faultsOf(() => development({ SENTRY_OAUTH_CLIENT_SECRET: 'secret' }))).toEqual(['SENTRY_OAUTH_CLIENT_ID'])
  })

  test('a data folder that cannot be one', () => {
    const file = join(dataDir, 'a-file')
    writeFileSync(file, '')
    expect(faultsOf(() => development({ DATA_DIR: file }))).toEqual(['DATA_DIR'])
  })

  test('with every fault in one list', () => {
    const faults = faultsOf(() => production({ PORT: 'x', LOG_LEVEL: 'x', SESSION_SECRET: 'x', PUBLIC_URL: 'x' }))
    expect(faults).toEqual(['PORT', 'PUBLIC_URL', 'LOG_LEVEL', 'SESSION_SECRET'])
  })

  test('without repeating what was found', () => {
    expect(() => production({ SESSION_SECRET: 'tooshort', PORT: 'port-value' })).toThrow(
      /^The configuration needs attention:\n {2}PORT: expected a whole number from 1 to 65535\n {2}SESSION_SECRET: expected at least 32 characters(?!.*tooshort)/s,
    )
  })
})
