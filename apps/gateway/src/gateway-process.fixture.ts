import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Sandbox } from '@sentry-graph/sentry-sandbox'
import { askAt, Browser } from './browser.fixture.ts'
import { readConfig, variableNames } from './config.ts'
import { createSecretScan } from './secret-scan.fixture.ts'
import { showDatabase } from './watched-gateway.fixture.ts'

/** The product as `npm start` runs it: a process of its own, which has started the sandbox as another unless it was given one. */
export interface GatewayProcess {
  url: string
  sandboxUrl: string
  /** Where the database is, unless it is elsewhere. */
  dataDir: string
  /** Of the process that runs now. */
  pid(): number | undefined
  /** Everything both processes have written. */
  output(): string
  openBrowser(): Browser
  /** SIGTERM, and again with the same data. Resolves when it is ready. */
  restart(): Promise<void>
  /** Resolves when it has ended. */
  kill(signal: Ending): Promise<{ exitCode: number | null }>
  /** Begins again after kill, with the same data. Resolves when it is ready. */
  start(): Promise<void>
  /** SIGTERM, if it still runs. Throws when a secret was in clear in what it wrote, answered or stored. */
  stop(): Promise<{ exitCode: number | null }>
}

type Ending = 'SIGTERM' | 'SIGINT' | 'SIGKILL'

/** Every setting empty, which counts as unset: what a developer has written into .env stays out of tests. */
export const unset = Object.fromEntries(variableNames.map((name) => [name, '']))

const sessionSecret = 'a secret of the test processes with more than thirty-two characters'

/** Before this sandbox, or before one that it starts itself. `program` runs something else instead of Node's own program. */
export async function startGatewayProcess(
  settings: Record<string, string> = {},
  sandbox?: Sandbox,
  [program, ...preceding]: [string, ...string[]] = [process.execPath],
): Promise<GatewayProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-process-'))
  const [port, sandboxPort] = await findFreePorts()
  const chosen = {
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    DATA_DIR: dataDir,
    AUTH_RATE_LIMIT: '100000',
    SESSION_SECRET: sessionSecret,
    ...(sandbox === undefined ? {} : connectionTo(sandbox)),
    ...settings,
  }
  const command = [program, ...preceding, join(import.meta.dirname, 'main.mjs')] as const
  const scan = createSecretScan()
  scan.know('SESSION_SECRET', sessionSecret)
  scan.know('client secret', sandbox?.application.clientSecret)
  let output = ''
  const collect = (line: string) => void (output += `${line}\n`)
  const begin = () => startReady(command, { ...unset, PATH: process.env['PATH'], ...chosen }, collect)
  let child = await begin()

  const url = `http://localhost:${port}`
  const ask = askAt(url)
  return {
    url,
    sandboxUrl: sandbox?.url ?? `http://127.0.0.1:${sandboxPort}`,
    dataDir,
    pid: () => child.pid,
    output: () => output,
    openBrowser: () =>
      new Browser(async (request) => {
        const answer = await ask(request)
        scan.see('an answer', `${JSON.stringify(answer.headers)}\n${answer.body}`)
        return answer
      }),
    async restart() {
      await end(child, 'SIGTERM')
      child = await begin()
    },
    async kill(signal) {
      return { exitCode: await end(child, signal) }
    },
    async start() {
      child = await begin()
    },
    async stop() {
      const exitCode = await end(child, 'SIGTERM')
      await showDatabase(readConfig(chosen), dataDir, scan)
      await rm(dataDir, { recursive: true })
      scan.see('the log', output)
      scan.finish()
      return { exitCode }
    },
  }
}

function connectionTo({ url, regions, application }: Sandbox): Record<string, string> {
  return {
    SENTRY_BASE_URL: url,
    SENTRY_ALLOWED_ORIGINS: regions.map((region) => region.url).join(','),
    SENTRY_OAUTH_CLIENT_ID: application.clientId,
    SENTRY_OAUTH_CLIENT_SECRET: application.clientSecret,
  }
}

async function startReady(
  [program, ...parameters]: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
  collect: (line: string) => void,
): Promise<ChildProcess> {
  const child = spawn(program, parameters, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  createInterface(child.stderr).on('line', collect)
  const lines = createInterface(child.stdout).on('line', collect)
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.includes('"gateway.ready"') && resolve())
    child.once('exit', (code) => reject(new Error(`The gateway ended with code ${code} before it was ready`)))
  })
  return child
}

async function end(child: ChildProcess, signal: Ending): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const exit = once(child, 'exit')
  child.kill(signal)
  const [code] = (await exit) as [number | null]
  return code
}

/** A port for the gateway, and the first of three neighbours for the sandbox. */
async function findFreePorts(): Promise<[number, number]> {
  const [gateway] = await hold(0)
  const sandbox = await holdThree()
  const servers = [gateway, ...sandbox]
  const ports = servers.map((server) => (server.address() as AddressInfo).port)
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))))
  return [ports[0] ?? 0, ports[1] ?? 0]
}

async function holdThree(): Promise<Server[]> {
  for (;;) {
    const [first] = await hold(0)
    const { port } = first.address() as AddressInfo
    try {
      const [second, third] = [await hold(port + 1), await hold(port + 2)]
      return [first, ...second, ...third]
    } catch {
      // A neighbour is taken: try elsewhere.
      first.close()
    }
  }
}

async function hold(port: number): Promise<[Server]> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return [server]
}
