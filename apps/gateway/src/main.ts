import closeWithGrace from 'close-with-grace'
import { buildApp } from './app.ts'
import { ConfigError, loadEnvironment, readConfig, type Config } from './config.ts'
import { openDependencies } from './dependencies.ts'
import { listen } from './operations/listen.ts'
import { createLogger } from './operations/logger.ts'
import { openReadableOutput } from './operations/readable-output.ts'
import { runSandbox } from './sandbox-process.ts'
import { StartError } from './start-error.ts'

/** Milliseconds that requests under way may still take once the process is asked to stop. */
const PATIENCE = 15_000

try {
  await start(readConfig(loadEnvironment()))
} catch (error) {
  if (!(error instanceof StartError || error instanceof ConfigError)) throw error
  console.error(error.message)
  process.exit(1)
}

async function start(config: Config): Promise<void> {
  const logger = createLogger(config, await openReadableOutput(config))
  const { sentry, signIn, http } = config
  const running =
    sentry.kind === 'sandbox'
      ? await runSandbox(sentry, signIn.redirectUri, logger)
      : { connection: sentry, close: async () => {} }
  const dependencies = await openDependencies(config, running.connection, logger)
  const app = await buildApp(config, dependencies)

  closeWithGrace({ delay: PATIENCE, logger }, async ({ err }) => {
    if (err) logger.fatal({ event: 'gateway.crashed', err }, 'closing after an unexpected error')
    await app.close()
    await dependencies.close()
    await running.close()
    logger.info({ event: 'gateway.closed' }, 'closed')
  })
  await listen(app, http)
  logger.info({ event: 'gateway.ready', url: http.publicUrl }, `ready: open ${http.publicUrl}`)
}
