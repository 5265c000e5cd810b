import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGatewayProcess, unset } from './gateway-process.fixture.ts'

let dataDir: string

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'gateway-main-'))
})

afterAll(() => rm(dataDir, { recursive: true }))

/** Runs the gateway where it cannot start; what it says and how it ends. */
async function runGateway(environment: Record<string, string>): Promise<{ exitCode: number | null; said: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.mjs')], {
    env: { ...unset, PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { exitCode, said }
}

test('missing and wrong settings stop the start with one readable list and no value in it', async () => {
  const { exitCode, said } = await runGateway({
    NODE_ENV: 'production',
    PORT: 'eighty',
    SESSION_SECRET: 'far-too-short',
    SENTRY_OAUTH_CLIENT_ID: 'a'.repeat(64),
  })
  expect(exitCode).toBe(1)
  expect(said.split('\n').filter(Boolean)).toEqual([
    'The configuration needs attention:',
    expect.stringMatching(/^ {2}PORT: expected /),
    expect.stringMatching(/^ {2}SESSION_SECRET: expected /),
    expect.stringMatching(/^ {2}PUBLIC_URL: expected /),
  ])
  expect(said).not.toContain('far-too-short')
})

test.each([
  { setting: 'PORT', others: { SENTRY_OAUTH_CLIENT_ID: 'a'.repeat(64) } },
  { setting: 'SANDBOX_PORT', others: {} },
])('a port in use is named, with $setting as the way to another', async ({ setting, others }) => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { exitCode, said } = await runGateway({ ...others, DATA_DIR: dataDir, [setting]: String(port) })
  server.close()
  expect(exitCode).toBe(1)
  expect(said).toContain(`Port ${port} is in use. Set ${setting} to another one`)
})

test('SIGTERM ends gateway and sandbox cleanly, and the ports are free for the next start', async () => {
  const gateway = await startGatewayProcess()
  await gateway.restart()
  expect(await gateway.stop()).toEqual({ exitCode: 0 })
})
