import { buildDashboard } from './dashboard-build.ts'
import { ended, passSignalsTo, start } from './process.ts'

await buildDashboard()
console.log('▸ Starting the gateway')
const gateway = start(process.execPath, ['apps/gateway/src/main.mjs'])
passSignalsTo([gateway])
process.exitCode = await ended(gateway)
