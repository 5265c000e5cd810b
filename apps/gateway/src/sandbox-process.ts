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
  let isClosing = false
  void watch()
  logger.warn(
    { event: 'sandbox.started', url: sandbox.url },
    'NO SENTRY IS CONFIGURED: this runs against the Sentry Sandbox, whose people and data are invented. ' +
      'Set SENTRY_OAUTH_CLIENT_ID to connect a real Sentry.',
  )
  return {
    connection: connectionOf(sandbox),
    async close() {
      isClosing = true
      await sandbox.close()
    },
  }

  async function watch() {
    const exitCode = await sandbox.exited
    if (!isClosing) logger.error({ event: 'sandbox.ended', exitCode }, 'the sandbox has ended; start again')
  }
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
