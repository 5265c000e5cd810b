import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { vi } from 'vitest'
import { buildApp } from './app.ts'
import { Browser } from './browser.fixture.ts'
import { readConfig } from './config.ts'
import { openDependencies, type Dependencies } from './dependencies.ts'
import { createLogger } from './operations/logger.ts'
import { createSecretScan } from './secret-scan.fixture.ts'
import { learnSecrets, showAnswers, showDatabase } from './watched-gateway.fixture.ts'

// Whole sign-ins, many of them in a test, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

interface LogLine {
  event?: string
  code?: string
  level: string
  correlationId?: string
  [field: string]: unknown
}

/** A gateway before a sandbox of its own, on a clock that stands still until somebody moves it. */
export interface TestGateway {
  app: Awaited<ReturnType<typeof buildApp>>
  sandbox: Sandbox
  dependencies: Dependencies
  clock: { now: Date; advance(seconds: number): void }
  /** What has been logged so far. */
  log(): LogLine[]
  rawLog(): string
  openBrowser(): Browser
  /** The same machine after a restart: same database, new process; with other settings, or another Sentry. */
  restart(settings?: Record<string, string>, sentry?: Sandbox): Promise<void>
  /** Throws when a secret was in clear in the log, an answer or the database. */
  close(): Promise<void>
}

type Replace = (dependencies: Dependencies) => Partial<Dependencies>

/**
 * Starts everything; `replace` puts something else in the place of a dependency. Beside another gateway it has the same
 * sandbox and clock.
 */
export async function startGateway(
  settings: Record<string, string> = {},
  replace: Replace = () => ({}),
  beside?: TestGateway,
): Promise<TestGateway> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-'))
  const clock = beside?.clock ?? createClock()
  const sandbox = beside?.sandbox ?? (await startSandbox({ port: 0, clock: () => clock.now, rateLimit: false }))
  const scan = createSecretScan()
  let logged = ''
  const logger = { write: (line: string) => void (logged += line) }

  const start = async (changes: Record<string, string>, sentry = sandbox) => {
    const config = readConfig({
      DATA_DIR: dataDir,
      AUTH_RATE_LIMIT: '100000',
      SESSION_SECRET: 'a secret of the tests with more than thirty-two characters',
      SENTRY_OAUTH_CLIENT_ID: sentry.application.clientId,
      ...settings,
      ...changes,
    })
    for (const secret of config.session.secrets) scan.know('SESSION_SECRET', secret)
    scan.know('client secret', sentry.application.clientSecret)
    const connection = {
      kind: 'sentry' as const,
      url: sentry.url,
      allowedOrigins: sentry.regions.map(({ url }) => url),
      ...sentry.application,
    }
    const opened = await openDependencies(config, connection, createLogger(config, logger), () => clock.now)
    const dependencies = learnSecrets({ ...opened, ...replace(opened) }, scan)
    const app = await buildApp(config, dependencies)
    showAnswers(app, scan)
    return { config, dependencies, app }
  }
  const running = await start({})

  const stop = async () => {
    await gateway.app.close()
    await gateway.dependencies.close()
  }

  const gateway: TestGateway = {
    app: running.app,
    dependencies: running.dependencies,
    sandbox,
    clock,
    log: () => logged.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as LogLine])),
    rawLog: () => logged,
    openBrowser: () => new Browser((request) => gateway.app.inject(request)),
    async restart(changes = {}, sentry = sandbox) {
      await stop()
      Object.assign(gateway, await start(changes, sentry))
    },
    async close() {
      await stop()
      if (beside === undefined) await sandbox.close()
      await showDatabase(running.config, dataDir, scan)
      await rm(dataDir, { recursive: true })
      scan.see('the log', logged)
      scan.finish()
    },
  }
  return gateway
}

function createClock() {
  const clock = {
    now: new Date(),
    advance(seconds: number) {
      clock.now = new Date(clock.now.getTime() + seconds * 1000)
    },
  }
  return clock
}

/** One of the sandbox's people, by the beginning of their address. */
export function person(sandbox: Sandbox, name: 'mira' | 'noor' | 'sam') {
  const found = sandbox.people.find(({ email }) => email.startsWith(name))
  if (found === undefined) throw new RangeError(`The sandbox has no ${name}`)
  return found
}
