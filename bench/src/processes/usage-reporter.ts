import { answerParent } from './parent.ts'

// Loaded into every measured process before its own code.
answerParent({
  usage({ collectGarbage }: { collectGarbage: boolean }) {
    if (collectGarbage) globalThis.gc?.()
    const { user, system } = process.cpuUsage()
    const { rss, heapUsed } = process.memoryUsage()
    return { cpu: user + system, rss, heap: heapUsed }
  },
})
