import type { DelayedMeasurement, Measurement, Soak } from './measure.ts'

/** The machine as a reader of the numbers has to know it. */
export interface MachineFacts {
  processor: string
  cores: number
  memory: string
  node: string
  loadBefore: string
  loadAfter: string
}

/** Everything that one run found out. Times are milliseconds unless a name says otherwise. */
export interface Report {
  machine: MachineFacts
  sessions: number
  rounds: number
  measurements: Measurement[]
  delay: number
  delayed: DelayedMeasurement[]
  /** From the start of the process to the first answer. */
  coldStart: { viewer: number; projects: number }
  soaks: Soak[]
}

/** The report for a terminal; what is compared stands beside each other. */
export function formatReport(report: Report): string {
  const { machine, sessions, rounds, delay, coldStart } = report
  const { processor, cores, memory, node, loadBefore, loadAfter } = machine
  return [
    `${cores} × ${processor}, ${memory}, Node ${node}; load average ${loadBefore} before, ${loadAfter} after`,
    `${sessions} sessions at a time, medians of ${rounds} interleaved rounds`,
    ...namesOf(report.measurements).map((workload) => formatWorkload(report.measurements, workload)),
    `With ${delay} ms before every upstream answer, one request at a time:\n${formatDelayed(report.delayed)}`,
    `Cold start to the first answer: viewer ${coldStart.viewer.toFixed(0)} ms, projects ${coldStart.projects.toFixed(0)} ms`,
    ...report.soaks.map(formatSoak),
  ].join('\n\n')
}

function namesOf(measurements: readonly { workload: string }[]): string[] {
  return [...new Set(measurements.map(({ workload }) => workload))]
}

function formatWorkload(measurements: readonly Measurement[], workload: string): string {
  const rows = measurements.filter((measurement) => measurement.workload === workload)
  const baseline = rows.find(({ contender }) => contender === 'plain Yoga')
  const header = ['', 'req/s', 'p50 ms', 'p99 ms', 'CPU s/1000', '× Yoga', 'calls/req', 'heap MB', 'RSS MB']
  const cells = rows.map((row) => [
    row.freshness === 'repeated' ? `${row.contender}, repeated` : row.contender,
    row.requestsPerSecond.toFixed(0),
    row.p50.toFixed(2),
    row.p99.toFixed(2),
    row.cpuPerThousand.toFixed(3),
    baseline === undefined ? '' : (row.cpuPerThousand / baseline.cpuPerThousand).toFixed(2),
    row.upstreamCallsPerRequest.toFixed(2),
    row.heap.toFixed(1),
    row.rss.toFixed(0),
  ])
  return `${workload}\n${table([header, ...cells])}`
}

function formatDelayed(delayed: readonly DelayedMeasurement[]): string {
  const header = ['', 'server', 'p50 ms', 'over the critical path']
  const cells = delayed.map(({ workload, contender, p50, overCriticalPath }) => [
    workload,
    contender,
    p50.toFixed(1),
    overCriticalPath.toFixed(1),
  ])
  return table([header, ...cells])
}

function formatSoak({ workload, requests, heap, rss }: Soak): string {
  return `Memory over ${requests} requests of ${workload}\n  heap MB  ${listOf(heap)}\n  RSS MB   ${listOf(rss)}`
}

const listOf = (values: readonly number[]) => values.map((value) => value.toFixed(1)).join(' ')

function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  const format = (row: readonly string[]) =>
    row.map((cell, column) =>
      isText(column, rows) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
  return rows.map((row) => `  ${format(row).join('  ')}`.trimEnd()).join('\n')
}

function isText(column: number, rows: readonly string[][]): boolean {
  return rows.slice(1).every((row) => !/^-?\d/.test(row[column] ?? ''))
}
