import { answerParent } from './parent.ts'

// Loaded into every measured process before its own code.
answerParent({
  usage({ collectGarbage }: { collectGarbage: boolean }) {
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
