/** The lowest version of a package that this project may lock, and what is wrong with the ones below. */
export interface VersionFloor {
  package: string
  version: string
  /** Advisories, or what happens without one. */
  reasons: readonly string[]
}

/**
 * Packages that are used, and packages that somebody might add one day. For the floors of Fastify whose advisory names no
 * fixed version, the one that was current when it was read.
 */
export const versionFloors: readonly VersionFloor[] = [
  {
    package: 'fastify',
    version: '5.12.0',
    reasons: [
      'CVE-2025-32442',
      'CVE-2026-25223',
      'CVE-2026-25224',
      'CVE-2026-33806',
      'CVE-2026-3635',
      'GHSA-573f-x89g-hqp9',
      'GHSA-247c-9743-5963',
    ],
  },
  {
    package: 'undici',
    version: '7.24.0',
    reasons: [
      'CVE-2026-22036',
      'CVE-2026-1525',
      'CVE-2026-1526',
      'CVE-2026-1527',
      'CVE-2026-1528',
      'CVE-2026-2229',
      'CVE-2026-2581',
    ],
  },
  { package: '@fastify/secure-session', version: '8.4.0', reasons: ['CVE-2024-31999'] },
  { package: '@fastify/session', version: '10.9.0', reasons: ['CVE-2024-35220'] },
  { package: '@escape.tech/graphql-armor-cost-limit', version: '2.4.2', reasons: ['GHSA-733v-p3h5-qpq7'] },
  { package: 'better-auth', version: '1.4.2', reasons: ['GHSA-569q-mpph-wgww'] },
  {
    package: 'next-auth',
    version: '4.24.15',
    reasons: ['GHSA-7rqj-j65f-68wh', 'GHSA-x445-f3h2-j279', 'GHSA-xmf8-cvqr-rfgj'],
  },
]

/** The same for what is inside Node itself, by the names of `process.versions`. */
export const runtimeFloors: readonly VersionFloor[] = [
  { package: 'sqlite', version: '3.51.3', reasons: ['several processes on one WAL can corrupt the database'] },
  { package: 'undici', version: '7.24.0', reasons: ['CVE-2026-22036', 'CVE-2026-1525'] },
]

/** Whether a version is at least another one, by its first three numbers. A preview of a version comes before it. */
export function isAtLeast(version: string, floor: string): boolean {
  const [found, wanted] = [numbersOf(version), numbersOf(floor)]
  const differing = wanted.findIndex((number, index) => found[index] !== number)
  if (differing >= 0) return (found[differing] ?? 0) > (wanted[differing] ?? 0)
  return !version.includes('-') || floor.includes('-')
}

function numbersOf(version: string): number[] {
  const [numbers = ''] = version.split(/[-+]/, 1)
  return numbers.split('.', 3).map(Number)
}
