import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { spawnSandbox, SpawnError } from './spawn.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('a spawned sandbox listens, and its ports are free after closing', async () => {
  const sandbox = await spawnSandbox({ port: 0, stateFile: join(folder, 'state.sqlite'), redirectUris: [] })
  expect((await fetch(`${sandbox.url}/api/0/`)).status).toBe(200)
  expect(sandbox.regions.map(({ name }) => name)).toEqual(['us', 'de'])
  await sandbox.close()
  expect(await sandbox.exited).toBe(0)
  await expect(fetch(`${sandbox.url}/api/0/`)).rejects.toThrow(TypeError)
})

test('a spawned sandbox that cannot start says why', async () => {
  const blocker = createServer().listen(0, '127.0.0.1')
  await once(blocker, 'listening')
  const { port } = blocker.address() as { port: number }
  const stateFile = join(folder, 'state.sqlite')
  const failure = await spawnSandbox({ port, stateFile, redirectUris: [] }).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(SpawnError)
  expect(failure).toMatchObject({ message: expect.stringContaining(`Port ${port} is in use`) })
  blocker.close()
})

test('a sandbox does not outlive the process that spawned it', async () => {
  const child = fork(new URL('main.ts', import.meta.url), {
    env: { SANDBOX_PORT: '0' },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  await once(child, 'message')
  child.disconnect()
  expect(await once(child, 'exit')).toEqual([0, null])
})
