import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startGatewayProcess, type GatewayProcess } from '../gateway-process.fixture.ts'
import { person } from '../gateway.fixture.ts'

const query = '{ viewer { organizations { nodes { slug } } } }'

let sandbox: Sandbox
let gateway: GatewayProcess

beforeEach(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
  gateway = await startGatewayProcess({}, sandbox)
})

afterEach(async () => {
  await gateway.stop()
  await sandbox.close()
})

const lines = (text: string) => gateway.output().split(text).length - 1

test('twenty slow requests are answered before the process ends, however often it is asked to', async () => {
  const browser = gateway.openBrowser()
  await browser.signIn(person(sandbox, 'mira').id)
  sandbox.fault({ path: '/api/0/organizations/' }, { delayMs: 3_000 })
  const before = lines('"incoming request"')
  const asked = Array.from({ length: 20 }, () => browser.graphql(query))
  await expect.poll(() => lines('"incoming request"') - before, { timeout: 20_000 }).toBe(20)

  const ended = gateway.kill('SIGTERM')
  await expect.poll(() => lines('"gateway.closing"'), { timeout: 20_000 }).toBe(1)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) void gateway.kill(signal)
  const answers = await Promise.all(asked)
  expect(answers.map((answer) => answer.json().data?.viewer.organizations.nodes.length)).toEqual(Array(20).fill(3))
  expect(await ended).toEqual({ exitCode: 0 })
  expect(lines('"gateway.closed"')).toBe(1)
})
