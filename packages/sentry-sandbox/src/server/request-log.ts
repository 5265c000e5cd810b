import type { HostName } from '../world/organization.ts'

/** One request that reached the sandbox. Nothing secret of it is kept. */
export interface RecordedRequest {
  host: HostName
  method: string
  path: string
  /** As it came, without the question mark. */
  query: string
  /** Null as long as it is not answered, and for good when it never was. */
  status: number | null
  /** Whose access token it carried; null without a valid one. */
  personId: string | null
  /** When it came, in milliseconds since the epoch by the machine's own clock. */
  receivedAt: number
  /** Until its answer left; null as long as it is not answered. */
  durationMs: number | null
}

/** The requests since the start or the last clearing, in order of arrival. */
export interface RequestLog {
  readonly requests: RecordedRequest[]
  add(request: RecordedRequest): void
  clear(): void
}

// A sandbox that runs for weeks must not grow without end. What is too much goes in one go, not one by one.
const capacity = 10_000
const excess = 1_000

export function createRequestLog(): RequestLog {
  const requests: RecordedRequest[] = []
  return {
    requests,
    add(request) {
      requests.push(request)
      if (requests.length === capacity + excess) requests.splice(0, excess)
    },
    clear() {
      requests.length = 0
    },
  }
}
