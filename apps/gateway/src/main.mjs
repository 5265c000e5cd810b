import { enableCompileCache } from 'node:module'

// Half of a start is compiling. What this start compiles, the next one finds in a folder that Node keeps for it. The file
// itself is no TypeScript: for a single one that is not in there yet, Node would load its whole compiler.
enableCompileCache()

const { start } = await import('./start.ts')
await start()
