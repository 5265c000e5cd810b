import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

// Processes that start from nothing, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 60_000 })

const main = join(import.meta.dirname, 'main.ts')

let dataDir: string
const running = new Set<ChildProcess>()

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'main-'))
})

afterEach(async () => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
  await rm(dataDir, { recursive: true })
})

function run(settings: Record<string, string>) {
  const env = { PATH: process.env['PATH'], DATA_DIR: dataDir, NODE_ENV: 'test', ...settings }
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  running.add(child)
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  return { child, exited }
}

/** A start that fails: its exit code and all it printed. */
async function runToEnd(settings: Record<string, string>) {
  const { child, exited } = run(settings)
  const [code, output, errors] = await Promise.all([exited, text(child.stdout), text(child.stderr)])
  return { code, output, errors }
}

async function occupyPort(host: string): Promise<{ server: Server; port: number }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  return { server, port: (server.address() as AddressInfo).port }
}

/** Four ports in a row that nobody used a moment ago: one for the gateway, three for the sandbox. */
async function findPorts() {
  const { server, port } = await occupyPort('127.0.0.1')
  await new Promise((resolve) => server.close(resolve))
  const first = port > 65_000 ? port - 1000 : port
  return { PORT: String(first), SANDBOX_PORT: String(first + 1) }
}

test('a faulty configuration is told as one list, and nothing starts', async () => {
  const { code, output, errors } = await runToEnd({ PORT: 'x', SESSION_SECRET: 'my-short-secret', LOG_LEVEL: 'loud' })
  expect(code).toBe(1)
  expect(output).toBe('')
  expect(errors.trim().split('\n')).toHaveLength(4)
  expect(errors).toMatch(/PORT: expected.*LOG_LEVEL: expected.*SESSION_SECRET: expected/s)
  expect(errors).not.toContain('my-short-secret')
})

test('production without credentials does not start', async () => {
  const { code, errors } = await runToEnd({ NODE_ENV: 'production' })
  expect(code).toBe(1)
  expect(errors).toMatch(/PUBLIC_URL.*SESSION_SECRET.*SENTRY_OAUTH_CLIENT_ID/s)
})

test('a database that is none is told in one sentence', async () => {
  await writeFile(join(dataDir, 'sentry-graph.sqlite'), 'not a database at all, but long enough to be looked at')
  const { code, errors } = await runToEnd({ SENTRY_OAUTH_CLIENT_ID: 'client' })
  expect(code).toBe(1)
  expect(errors).toMatch(/^The database .*sentry-graph\.sqlite cannot be opened\. .*DATA_DIR.*\n$/)
})

test('a port in use is told in one sentence that says how to change it', async () => {
  const { server, port } = await occupyPort('127.0.0.1')
  const { code, errors } = await runToEnd({
    HOST: '127.0.0.1',
    PORT: String(port),
    SENTRY_OAUTH_CLIENT_ID: 'client',
  })
  expect(code).toBe(1)
  expect(errors).toBe(`Port ${port} is in use. Set PORT to another one, here or in .env.\n`)
  await new Promise((resolve) => server.close(resolve))
})

test('a port that the sandbox needs and somebody else has is told likewise', async () => {
  const { server, port } = await occupyPort('127.0.0.1')
  const { code, errors } = await runToEnd({ SANDBOX_PORT: String(port) })
  expect(code).toBe(1)
  expect(errors).toMatch(new RegExp(`^Port ${port} is in use.*SANDBOX_PORT.*\n$`))
  await new Promise((resolve) => server.close(resolve))
})

test('without credentials it runs against the sandbox, says so loudly, and stops on SIGTERM with its ports freed', async () => {
  const ports = await findPorts()
  const { child, exited } = run({ ...ports, HOST: '127.0.0.1' })
  const lines: { event?: string; level: string; msg: string }[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(JSON.parse(line))
    if (lines.at(-1)?.event === 'gateway.ready') break
  }
  const sandbox = lines.find(({ event }) => event === 'sandbox.started')
  expect(sandbox).toMatchObject({ level: 'warn', msg: expect.stringContaining('NO SENTRY IS CONFIGURED') })

  const answer = await fetch(`http://127.0.0.1:${ports.PORT}/readyz`)
  expect(await answer.json()).toEqual({ status: 'ready' })

  child.kill('SIGTERM')
  expect(await exited).toBe(0)
  for (const port of [Number(ports.PORT), Number(ports.SANDBOX_PORT)])
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed')
})
