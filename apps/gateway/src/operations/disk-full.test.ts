import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startGatewayProcess, type GatewayProcess } from '../gateway-process.fixture.ts'
import { person } from '../gateway.fixture.ts'

const run = promisify(execFile)
const proof = { 'graphql-require-preflight': '1' }
const organizations = '{ viewer { organizations { nodes { slug } } } }'

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

/** Bytes that any file of the gateway may have: with 0 every write to a file fails, as on a full disk, and reads go on. */
async function limitFiles(bytes: number | 'unlimited'): Promise<void> {
  await run('prlimit', ['--pid', String(gateway.pid()), `--fsize=${bytes}:`])
}

// The limit of a process that runs is changed by Linux only.
test.runIf(process.platform === 'linux')(
  'a disk that is full lets nobody in or out, leaves whoever is signed in at work, and is found to have room again',
  async () => {
    const mira = gateway.openBrowser()
    await mira.signIn(person(sandbox, 'mira').id)
    const noor = gateway.openBrowser()
    const status = async (path: string) => (await mira.get(path)).statusCode

    await limitFiles(0)
    const refused = await noor.signIn(person(sandbox, 'noor').id)
    expect([refused.statusCode, refused.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/auth\/error\?code=store_unavailable&id=/),
    ])
    expect((await noor.get('/api/auth/me')).statusCode).toBe(401)
    const kept = await mira.post('/api/auth/logout', proof)
    expect([kept.statusCode, kept.headers['retry-after'], kept.cookies]).toEqual([503, '5', []])
    expect([await status('/healthz'), await status('/readyz'), await status('/api/auth/me')]).toEqual([200, 200, 200])
    expect((await mira.graphql(organizations)).json().data.viewer.organizations.nodes).toHaveLength(3)

    await limitFiles('unlimited')
    expect((await noor.signIn(person(sandbox, 'noor').id)).headers.location).toBe('/auth/success')
    expect(await status('/api/auth/me')).toBe(200)
    expect((await mira.post('/api/auth/logout', proof)).statusCode).toBe(200)
    expect(await status('/api/auth/me')).toBe(401)
  },
)
