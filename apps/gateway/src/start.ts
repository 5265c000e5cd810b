import type { Logger } from 'pino'
import { loadEnvironment, readConfig, type Config } from './config.ts'
import { listen } from './operations/listen.ts'
import { createLogger } from './operations/logger.ts'
import { closeOnRequest } from './operations/shutdown.ts'
import { openReadableOutput } from './operations/readable-output.ts'
import { runReadably } from './readable-failure.ts'
import type { RunningSentry } from './sandbox-process.ts'

/** Runs the gateway until a signal ends it. */
export function start(): Promise<void> {
  return runReadably(() => run(readConfig(loadEnvironment())))
}

async function run(config: Config): Promise<void> {
  const logger = createLogger(config, await openReadableOutput(config))
  // The sandbox's process boots while this one loads the rest of itself.
  const [sentry, { openDependencies }, { buildApp }] = await Promise.all([
    connect(config, logger),
    import('./dependencies.ts'),
    import('./app.ts'),
  ])
  const dependencies = await openDependencies(config, sentry.connection, logger)
  const app = await buildApp(config, dependencies)

  closeOnRequest({
    logger,
    async close() {
      await app.close()
      await dependencies.close()
      await sentry.close()
    },
  })
  await listen(app, config.http)
  const { publicUrl: url } = config.http
  logger.info({ event: 'gateway.ready', url }, `ready: open ${url}`)
}

/** The configured Sentry, or a sandbox in its place. The sandbox's code is loaded by those alone who need it. */
async function connect({ sentry, signIn }: Config, logger: Logger): Promise<RunningSentry> {
  if (sentry.kind === 'sentry') return { connection: sentry, close: async () => undefined }
  const { runSandbox } = await import('./sandbox-process.ts')
  return runSandbox(sentry, signIn.redirectUri, logger)
}
