import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startGatewayProcess, type GatewayProcess } from '../gateway-process.fixture.ts'
import { person } from '../gateway.fixture.ts'

const path = '/api/0/organizations/'
const query = '{ viewer { organizations { nodes { slug } } } }'

const patience = { timeout: 20_000 }

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
  const browsers = [gateway.openBrowser(), gateway.openBrowser()]
  for (const [index, name] of (['mira', 'noor'] as const).entries()) {
    await browsers[index]?.signIn(person(sandbox, name).id)
  }
  sandbox.fault({ path }, { delayMs: 3_000 })
  sandbox.clearRequests()
  // Ten are asked at once for one person.
  const asked = browsers.flatMap((browser) => Array.from({ length: 10 }, () => browser.graphql(query)))
  await expect.poll(() => sandbox.requests.filter((request) => request.path === path).length, patience).toBe(20)

  const ended = gateway.kill('SIGTERM')
  await expect.poll(() => lines('"gateway.closing"'), patience).toBe(1)
  for (const signal of ['SIGTERM', 'SIGINT'] as const) void gateway.kill(signal)
  const answers = await Promise.all(asked)
  const counts = answers.map((answer) => answer.json().data?.viewer.organizations.nodes.length)
  expect(counts).toEqual([...Array(10).fill(3), ...Array(10).fill(1)])
  expect(await ended).toEqual({ exitCode: 0 })
  expect(lines('"gateway.closed"')).toBe(1)
})
