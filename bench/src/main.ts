import { writeFile } from 'node:fs/promises'
import { cpus, loadavg, totalmem } from 'node:os'
import { parseArgs } from 'node:util'
import { measure, measureDelayed, soak } from './measure.ts'
import { formatReport, type Report } from './report.ts'
import { openStage, type Stage } from './stage.ts'

const { values: options } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    json: { type: 'string' },
  },
})

const SESSIONS = 8
const DELAY = 80
const extent = options.quick
  ? { rounds: 3, milliseconds: 500, delayedRequests: 5, soaked: 0 }
  : { rounds: 9, milliseconds: 2000, delayedRequests: 21, soaked: 100_000 }

const describeLoad = () =>
  loadavg()
    .map((average) => average.toFixed(1))
    .join(' ')

async function run(stage: Stage): Promise<Report> {
  const { upstream, gateway, plainYoga, plainRest } = stage
  const loadBefore = describeLoad()
  const workloads = stage.workloads.filter(({ name }) => options.only === undefined || name === options.only)
  const subjects = [
    { contender: gateway, freshness: 'fresh' as const },
    { contender: gateway, freshness: 'repeated' as const },
    { contender: plainYoga, freshness: 'fresh' as const },
    { contender: plainRest, freshness: 'fresh' as const },
  ]
  const contenders = [gateway, plainYoga, plainRest]
  const report: Report = {
    machine: { ...describeMachine(), loadBefore, loadAfter: '' },
    sessions: SESSIONS,
    rounds: extent.rounds,
    measurements: [],
    delay: DELAY,
    delayed: [],
    coldStart: { viewer: Number.NaN, projects: Number.NaN },
    soaks: [],
  }
  for (const workload of workloads) report.measurements.push(...(await measure(subjects, workload, upstream, extent)))
  for (const workload of workloads) {
    const delayed = await measureDelayed(contenders, workload, upstream, {
      delay: DELAY,
      requests: extent.delayedRequests,
    })
    report.delayed.push(...delayed)
  }
  const [viewer, projects] = stage.workloads
  if (viewer === undefined || projects === undefined) throw new Error('There are two workloads at least.')
  if (extent.soaked > 0) {
    for (const workload of [viewer, projects]) report.soaks.push(await soak(gateway, workload, extent.soaked))
  }
  report.coldStart = { viewer: await stage.startCold(viewer), projects: await stage.startCold(projects) }
  report.machine.loadAfter = describeLoad()
  return report
}

function describeMachine() {
  const [{ model } = { model: 'unknown processor' }, ...others] = cpus()
  return {
    processor: model,
    cores: others.length + 1,
    memory: `${(totalmem() / 1024 ** 3).toFixed(0)} GiB`,
    node: process.versions.node,
  }
}

const stage = await openStage(SESSIONS)
try {
  const report = await run(stage)
  console.log(formatReport(report))
  if (options.json !== undefined) await writeFile(options.json, `${JSON.stringify(report, null, 2)}\n`)
} finally {
  await stage.close()
}
