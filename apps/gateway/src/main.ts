import { enableCompileCache } from 'node:module'

// Half of a start is compiling. What this start compiles, the next one finds in a folder that Node keeps for it.
enableCompileCache()

const { start } = await import('./start.ts')
await start()
