import closeWithGrace from 'close-with-grace'
import type { Logger } from 'pino'

export interface ShutdownParts {
  logger: Logger
  /** Ends everything in order. Whoever is being answered is answered first. */
  close: () => Promise<void>
}

/** Milliseconds that requests under way may still take once the process is asked to stop. */
const PATIENCE = 15_000

/** How a process is asked to stop. */
const requests = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * Closes once at the first of these signals, and after an error that nobody has caught. The process ends with code 0, or
 * with 1 after such an error or when closing takes too long.
 *
 * Being asked again changes nothing: Ctrl-C comes twice, from the terminal and from npm, and so does a supervisor's signal
 * that reaches a whole group. Who cannot wait has SIGKILL, which loses nothing that was acknowledged.
 */
export function closeOnRequest({ logger, close }: ShutdownParts): void {
  const options = { delay: PATIENCE, logger, skip: [...requests] }
  const grace = closeWithGrace(options, async ({ err }) => {
    if (err) logger.fatal({ event: 'gateway.crashed', err }, 'closing after an unexpected error')
    await close()
    logger.info({ event: 'gateway.closed' }, 'closed')
  })

  let isAsked = false
  for (const signal of requests) {
    process.on(signal, () => {
      logger.info({ event: 'gateway.closing', signal }, isAsked ? 'closing already' : 'closing')
      if (isAsked) return
      isAsked = true
      grace.close()
    })
  }
}
