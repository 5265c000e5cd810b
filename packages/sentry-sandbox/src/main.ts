import { enableCompileCache, flushCompileCache } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from './sandbox.ts'

// Most of a start is stripping types off a few hundred files: what the last start made of them is kept.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)))
const { PortInUseError } = await import('./server/listen.ts')
const { startSandbox } = await import('./sandbox.ts')

const defaultPort = 3100

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return defaultPort
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_533) return port
  console.error(`SANDBOX_PORT must be a number from 0 to 65533; it is ${JSON.stringify(text)}.`)
  process.exit(1)
}

async function start(): Promise<Sandbox> {
  const {
    SANDBOX_HOST,
    SANDBOX_PORT,
    SANDBOX_STATE_FILE,
    SANDBOX_REDIRECT_URIS = '',
    SANDBOX_RATE_LIMIT,
    SANDBOX_SEED,
  } = process.env
  try {
    return await startSandbox({
      port: readPort(SANDBOX_PORT),
      redirectUris: SANDBOX_REDIRECT_URIS.split(/\s+/).filter((uri) => uri !== ''),
      ...(SANDBOX_HOST ? { host: SANDBOX_HOST } : {}),
      ...(SANDBOX_SEED ? { seed: SANDBOX_SEED } : {}),
      ...(SANDBOX_RATE_LIMIT === 'off' ? { rateLimit: false } : {}),
      ...(SANDBOX_STATE_FILE ? { stateFile: SANDBOX_STATE_FILE } : {}),
    })
  } catch (error) {
    if (!(error instanceof PortInUseError)) throw error
    console.error(error.message)
    process.exit(1)
  }
}

function introduce({ url, regions, application, people }: Sandbox): string {
  return [
    'Sentry Sandbox: nothing here is real.',
    '',
    `  control  ${url}`,
    ...regions.map((region) => `  ${region.name.padEnd(7)}  ${region.url}`),
    '',
    `  client id      ${application.clientId}`,
    `  client secret  ${application.clientSecret}`,
    '',
    'People to sign in as:',
    ...people.map(({ id, name, email, summary }) => `  ${id}  ${name ?? email}: ${summary}`),
    '',
    'Ctrl-C stops it.',
  ].join('\n')
}

const sandbox = await start()

const stop = () => {
  void sandbox.close().then(() => process.exit(0))
}
process.once('SIGINT', stop)
process.once('SIGTERM', stop)

if (process.send === undefined) {
  console.log(introduce(sandbox))
} else {
  // A child must not outlive the process that spawned it.
  process.once('disconnect', stop)
  const { url, regions, application } = sandbox
  process.send({ type: 'ready', url, regions, application })
}
flushCompileCache()
