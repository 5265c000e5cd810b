import { spawnSandbox, SpawnError, type SpawnedSandbox } from '@sentry-graph/sentry-sandbox'
import type { Logger } from 'pino'
import type { SandboxStart, SentryConnection } from './config.ts'
import { StartError } from './start-error.ts'

/** A Sentry to connect to, and how to let go of it. */
export interface RunningSentry {
  connection: SentryConnection
  close(): Promise<void>
}

/** Starts the Sentry Sandbox as a process of its own. Throws StartError with what it had to say if it does not start. */
export async function runSandbox(start: SandboxStart, redirectUri: string, logger: Logger): Promise<RunningSentry> {
  const sandbox = await spawn(start, redirectUri)
  void reportCrash(sandbox, logger)
  logger.warn(
    { event: 'sandbox.started', url: sandbox.url },
    'NO SENTRY IS CONFIGURED: this runs against the Sentry Sandbox, whose people and data are invented. ' +
      'Set SENTRY_OAUTH_CLIENT_ID to connect a real Sentry.',
  )
  return {
    connection: connectionOf(sandbox),
    close: () => sandbox.close(),
  }
}

/** Code 0 is how it ends when asked to, by us or by the Ctrl-C that reaches both processes at once. */
async function reportCrash({ exited }: SpawnedSandbox, logger: Logger): Promise<void> {
  const exitCode = await exited
  if (exitCode !== 0) logger.error({ event: 'sandbox.ended', exitCode }, 'the sandbox has ended; start again')
}

async function spawn({ port, stateFile }: SandboxStart, redirectUri: string): Promise<SpawnedSandbox> {
  try {
    return await spawnSandbox({ port, stateFile, redirectUris: [redirectUri] })
  } catch (error) {
    if (error instanceof SpawnError) throw new StartError(error.message, { cause: error })
    throw error
  }
}

function connectionOf({ url, regions, application }: SpawnedSandbox): SentryConnection {
  return { kind: 'sentry', url, allowedOrigins: regions.map((region) => region.url), ...application }
}
