/**
 * Begins 20,000 sign-ins that nobody goes on with, on a gateway that has only just started, and prints what they leave behind: `node apps/gateway/bench/abandoned-sign-ins.ts`.
 * Ends with code 1 when the process grows by 60 MB or more, or when a byte of the database has changed.
 */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startSandbox } from '@sentry-graph/sentry-sandbox'
import { startGatewayProcess, type GatewayProcess } from '../src/gateway-process.fixture.ts'

const begun = 20_000
const atOnce = 20
const megabyte = 1024
const mostGrowth = 60

const sandbox = await startSandbox({ port: 0 })
const gateway = await startGatewayProcess({ AUTH_RATE_LIMIT: '1000000' }, sandbox)
try {
  const before = { memory: readMemory(), database: hashDatabase(gateway) }
  const started = performance.now()
  await beginSignIns(begun)
  const seconds = (performance.now() - started) / 1000
  const growth = readMemory() - before.memory
  const isDatabaseSame = hashDatabase(gateway) === before.database
  const database = isDatabaseSame ? 'unchanged' : 'CHANGED'
  console.log(
    `${begun} sign-ins begun in ${seconds.toFixed(0)} s: memory ${before.memory.toFixed(0)} MB, then ` +
      `${growth.toFixed(1)} MB more; database ${database}`,
  )
  if (growth >= mostGrowth || !isDatabaseSame) process.exitCode = 1
} finally {
  await gateway.stop()
  await sandbox.close()
}

async function beginSignIns(count: number): Promise<void> {
  let left = count
  const begin = async () => {
    while (left > 0) {
      left -= 1
      const answer = await fetch(`${gateway.url}/api/auth/login`, { headers: { accept: 'application/json' } })
      if (!(await answer.text()).includes('authUrl')) throw new Error(`A sign-in did not begin: ${answer.status}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, begin))
}

/** Resident, in megabytes. */
function readMemory(): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(gateway.pid())], { encoding: 'utf8' })) / megabyte
}

function hashDatabase({ dataDir }: GatewayProcess): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(dataDir).toSorted()) hash.update(name).update(readFileSync(join(dataDir, name)))
  return hash.digest('hex')
}
