import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { person, startGateway, type TestGateway } from './gateway.fixture.ts'

const command = join(import.meta.dirname, '../../../packages/client/src/main.ts')

let gateway: TestGateway
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'device-'))
  gateway = await startGateway()
  await gateway.app.listen({ host: '127.0.0.1', port: 0 })
})

afterEach(async () => {
  await gateway.close()
  await rm(folder, { recursive: true })
})

/** Runs `sentry-graph` to its end, and tells each line that it writes. */
function run(name: 'login' | 'logout', onLine: (line: string) => void = () => undefined) {
  const { port } = gateway.app.server.address() as AddressInfo
  const options = ['--gateway', `http://127.0.0.1:${port}`, '--cookie-jar', join(folder, 'cookies.txt')]
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    let output = ''
    const child = execFile(process.execPath, [command, name, ...options], { timeout: 50_000 })
    const take = (chunk: string) => {
      output += chunk
      chunk.split('\n').forEach(onLine)
    }
    child.stdout?.on('data', take)
    child.stderr?.on('data', take)
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** Somebody reads the code off the screen, and approves. */
function approveWhenAsked(line: string) {
  const [, code] = /enter the code (\S+)\.$/.exec(line) ?? []
  if (code !== undefined) gateway.sandbox.answerDevice(code, { personId: person(gateway.sandbox, 'mira').id })
}

test('the command signs a machine in, into a jar whose cookie asks the graph, and out again', async () => {
  const { code, output } = await run('login', approveWhenAsked)
  const { name } = person(gateway.sandbox, 'mira')
  expect(output).toContain(`Signed in as ${name} until `)
  expect(code).toBe(0)

  const jar = await readFile(join(folder, 'cookies.txt'), 'utf8')
  const [, cookie, value] = /^#HttpOnly_127\.0\.0\.1\tFALSE\t\/\tFALSE\t\d+\t(\w+)\t(\S+)$/m.exec(jar) ?? []
  expect(output).not.toContain(value)
  const ask = async () =>
    gateway.app.inject({
      method: 'POST',
      url: '/graphql',
      headers: { cookie: `${cookie}=${value}`, 'graphql-require-preflight': '1' },
      payload: { query: '{ viewer { user { name } } }' },
    })
  expect((await ask()).json().data).toEqual({ viewer: { user: { name } } })

  expect(await run('logout')).toMatchObject({ code: 0, output: 'Signed out.\n' })
  expect((await ask()).json().data).toEqual({ viewer: null })
  expect(await readFile(join(folder, 'cookies.txt'), 'utf8')).not.toContain(value)
})

test('the command says why nobody is signed in, and keeps nothing', async () => {
  const { code, output } = await run('login', (line) => {
    const [, userCode] = /enter the code (\S+)\.$/.exec(line) ?? []
    if (userCode !== undefined) gateway.sandbox.answerDevice(userCode, 'denied')
  })
  expect([code, output]).toEqual([1, expect.stringContaining('the request was denied at Sentry')])
  await expect(readFile(join(folder, 'cookies.txt'))).rejects.toMatchObject({ code: 'ENOENT' })
})
