import { ended, passSignalsTo, run, start } from './process.ts'

const DASHBOARD_URL = 'http://localhost:5173'

await run('pnpm', ['codegen'])

// The browser talks to Vite alone, which passes /api and /graphql on: one origin, so cookies behave as in production.
const gateway = start(process.execPath, ['--watch', '--watch-preserve-output', 'apps/gateway/src/main.ts'], {
  PUBLIC_URL: DASHBOARD_URL,
  ...process.env,
})
const dashboard = start('pnpm', ['--filter', '@sentry-graph/dashboard', 'dev'])

const children = [gateway, dashboard]
passSignalsTo(children)
process.exitCode = await Promise.race(children.map(ended))
children.forEach((child) => child.kill('SIGTERM'))
