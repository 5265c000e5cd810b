import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { startSandbox, type Sandbox } from '@sentry-graph/sentry-sandbox'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Browser } from '../browser.fixture.ts'
import { startGatewayProcess, type GatewayProcess } from '../gateway-process.fixture.ts'
import { person } from '../gateway.fixture.ts'

const run = promisify(execFile)
const file = 'sentry-graph.sqlite'
const organizations = '{ viewer { organizations { nodes { slug } } } }'

let folder: string
let sandbox: Sandbox
const gateways: GatewayProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backup-'))
  sandbox = await startSandbox({ port: 0, rateLimit: false })
})

afterEach(async () => {
  for (const gateway of gateways.splice(0)) await gateway.stop()
  await sandbox.close()
  await rm(folder, { recursive: true })
})

/** A gateway with its database in the folder `data` of this place. */
async function startIn(place: string): Promise<GatewayProcess> {
  const gateway = await startGatewayProcess({ DATA_DIR: join(place, 'data') }, sandbox)
  gateways.push(gateway)
  return gateway
}

/** The command as the operator reads it. */
async function readCommand(): Promise<string> {
  const guide = await readFile(join(import.meta.dirname, '../../../../docs/operating.md'), 'utf8')
  const [, command] = /\*\*Backup\.\*\*[^`]*```sh\n(.*?)\n```/s.exec(guide) ?? []
  if (command === undefined) throw new Error('docs/operating.md shows no command for a backup')
  return command
}

/** Signs people in, one after the other, until it is told to stop. */
async function signInUntil(gateway: GatewayProcess, signal: AbortSignal): Promise<number> {
  let count = 0
  for (; !signal.aborted; count += 1) await gateway.openBrowser().signIn(person(sandbox, 'noor').id)
  return count
}

/** The same browser, led to another gateway. */
function moveTo(gateway: GatewayProcess, browser: Browser): Browser {
  const moved = gateway.openBrowser()
  browser.cookies.forEach((value, name) => moved.cookies.set(name, value))
  return moved
}

test(
  'the documented backup of a gateway at work opens its sessions in another place',
  { timeout: 60_000 },
  async () => {
    const [here, there] = [join(folder, 'here'), join(folder, 'there')]
    const gateway = await startIn(here)
    const mira = gateway.openBrowser()
    await mira.signIn(person(sandbox, 'mira').id)

    const copied = new AbortController()
    const coming = signInUntil(gateway, copied.signal)
    await run('sh', ['-c', await readCommand()], {
      cwd: here,
      env: { PATH: `${dirname(process.execPath)}:${process.env['PATH']}` },
    })
    copied.abort()
    expect(await coming).toBeGreaterThan(0)

    const copy = join(here, 'copy.sqlite')
    expect((await stat(copy)).mode & 0o777).toBe(0o600)
    await mkdir(join(there, 'data'), { recursive: true })
    await cp(copy, join(there, 'data', file))
    const database = new DatabaseSync(copy)
    expect(database.prepare('pragma integrity_check').get()).toEqual({ integrity_check: 'ok' })
    database.close()

    const moved = moveTo(await startIn(there), mira)
    const answer = (await moved.graphql(organizations)).json()
    expect(answer.data.viewer.organizations.nodes).toHaveLength(3)
  },
)
