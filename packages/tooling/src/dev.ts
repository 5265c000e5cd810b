import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { ended, passSignalsTo, repositoryRoot, run, start } from './process.ts'

const DASHBOARD_URL = 'http://localhost:5173'
const GATEWAY_URL = `http://localhost:${readPort()}`

await run('pnpm', ['codegen'])

// The browser talks to Vite alone, which passes /api and /graphql on: one origin, so cookies behave as in production.
const gateway = start(process.execPath, ['--watch', '--watch-preserve-output', 'apps/gateway/src/main.mjs'], {
  PUBLIC_URL: DASHBOARD_URL,
  ...process.env,
})
const dashboard = start('pnpm', ['--filter', '@sentry-graph/dashboard', 'dev'], { ...process.env, GATEWAY_URL })

const children = [gateway, dashboard]
passSignalsTo(children)
process.exitCode = await Promise.race(children.map(ended))
children.forEach((child) => child.kill('SIGTERM'))

/** Where the gateway will listen, found as the gateway finds it: the environment before `.env`, and empty means default. */
function readPort(): string {
  const file = join(repositoryRoot, '.env')
  const written = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}
  return (process.env['PORT'] ?? written['PORT'])?.trim() || '3001'
}
