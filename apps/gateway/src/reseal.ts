import { loadEnvironment, readConfig } from './config.ts'
import { openStore } from './dependencies.ts'
import { createLogger } from './operations/logger.ts'
import { runReadably } from './readable-failure.ts'
import { StartError } from './start-error.ts'

/**
 * `pnpm reseal`: seals with the first SESSION_SECRET what the others have sealed, so that they can be taken away. Gateways
 * may go on running. Ends with exit code 1 while something is left that no secret opens.
 */
await runReadably(async () => {
  const config = readConfig(loadEnvironment())
  const store = await openStore(config, createLogger(config))
  const { resealed, changed, unreadable } = await store.resealAll()
  await store.close()
  console.log(`Sealed anew: ${resealed}. Changed by a gateway meanwhile: ${changed}.`)
  if (unreadable > 0)
    throw new StartError(
      `What no secret of SESSION_SECRET opens: ${unreadable}. It is left as it is. Add the secret that ` +
        'sealed it to the end of the list and run this again; without it the people it belongs to sign in again.',
    )
})
