import { enableCompileCache } from 'node:module'

// Loaded into every measured process before its own code.

// For a single file of TypeScript that no cache holds Node loads its compiler, which would be taken for a part of the start.
enableCompileCache()
const { answerParent } = await import('./parent.ts')

answerParent({
  /** @param {{ collectGarbage: boolean }} options */
  usage({ collectGarbage }) {
    if (collectGarbage) globalThis.gc?.()
    const { user, system } = process.cpuUsage()
    const { rss, heapUsed } = process.memoryUsage()
    return { cpu: user + system, rss, heap: heapUsed }
  },
  /** Bytes that a collection of young objects leaves and a full one takes away. */
  oldGarbage() {
    globalThis.gc?.({ type: 'minor' })
    const left = process.memoryUsage().heapUsed
    globalThis.gc?.()
    return left - process.memoryUsage().heapUsed
  },
})
