import { ended, passSignalsTo, start } from './process.ts'

const command = start(process.execPath, ['packages/client/src/main.ts', 'login', ...process.argv.slice(2)])
passSignalsTo([command])
process.exitCode = await ended(command)
