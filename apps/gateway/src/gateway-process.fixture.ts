import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { variableNames } from './config.ts'

/** The product as `npm start` runs it: a process of its own that has started the sandbox as another. */
export interface GatewayProcess {
  url: string
  sandboxUrl: string
  /** Everything both processes have written. */
  output(): string
  /** SIGTERM, and again with the same data. Resolves when it is ready. */
  restart(): Promise<void>
  stop(): Promise<{ exitCode: number | null }>
}

/** Every setting empty, which counts as unset: what a developer has written into .env stays out of tests. */
export const unset = Object.fromEntries(variableNames.map((name) => [name, '']))

export async function startGatewayProcess(): Promise<GatewayProcess> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-process-'))
  const [port, sandboxPort] = await findFreePorts()
  const env = {
    ...unset,
    PATH: process.env['PATH'],
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    DATA_DIR: dataDir,
    AUTH_RATE_LIMIT: '1000',
  }
  let output = ''
  const collect = (line: string) => void (output += `${line}\n`)
  let child = await startReady(env, collect)

  return {
    url: `http://localhost:${port}`,
    sandboxUrl: `http://127.0.0.1:${sandboxPort}`,
    output: () => output,
    async restart() {
      await terminate(child)
      child = await startReady(env, collect)
    },
    async stop() {
      const exitCode = await terminate(child)
      await rm(dataDir, { recursive: true })
      return { exitCode }
    },
  }
}

async function startReady(env: NodeJS.ProcessEnv, collect: (line: string) => void): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  createInterface(child.stderr).on('line', collect)
  const lines = createInterface(child.stdout).on('line', collect)
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => line.includes('"gateway.ready"') && resolve())
    child.once('exit', (code) => reject(new Error(`The gateway ended with code ${code} before it was ready`)))
  })
  return child
}

async function terminate(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
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
