import { findDifferences, type Difference } from './difference.ts'
import { discoverParameters, type Parameters } from './discovery.ts'
import { explainDifference } from './expected-differences.ts'
import type { Operation } from './openapi-document.ts'
import { createOperationRequest } from './operation-request.ts'

export interface Target {
  /** Origin, such as `https://sentry.io`. */
  url: string
  token: string
  /** What is known beforehand of the parts of paths, such as the organization. */
  parameters: Parameters
  fetch?: typeof fetch
}

/** What became of one operation. */
export interface OperationReport {
  operation: string
  /** What was asked; null when nothing was found to fill its path with. */
  request: string | null
  status: number | null
  unexpected: Difference[]
  /** Differences that are known, with the reason. */
  expected: { difference: Difference; reason: string }[]
}

/** Calls every operation that can be filled in and holds the answers against their schemas. */
export async function checkFidelity(operations: readonly Operation[], target: Target): Promise<OperationReport[]> {
  const ask = createAsk(target)
  const parameters = await discoverParameters(async (path) => (await ask(path)).body, target.parameters)
  const reports: OperationReport[] = []
  for (const operation of operations) reports.push(await checkOperation(operation, parameters, ask))
  return reports
}

type AskWithStatus = (path: string) => Promise<{ status: number; body: unknown }>

function createAsk({ url, token, fetch: request = fetch }: Target): AskWithStatus {
  return async (path) => {
    const response = await request(new URL(path, url), {
      headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
      signal: AbortSignal.timeout(30_000),
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('application/json') ?? false
    return { status: response.status, body: response.ok && isJson ? (JSON.parse(text) as unknown) : null }
  }
}

async function checkOperation(
  { path, schema }: Operation,
  parameters: Parameters,
  ask: AskWithStatus,
): Promise<OperationReport> {
  const request = createOperationRequest(path, parameters)
  const report = { operation: path, request, status: null, unexpected: [], expected: [] }
  if (request === null) return report
  const { status, body } = await ask(request)
  if (status !== 200 || schema === null) return { ...report, status }
  const judged = findDifferences(body, schema).map((difference) => ({
    difference,
    reason: explainDifference(path, difference),
  }))
  return {
    ...report,
    status,
    unexpected: judged.filter(({ reason }) => reason === null).map(({ difference }) => difference),
    expected: judged.flatMap(({ difference, reason }) => (reason === null ? [] : [{ difference, reason }])),
  }
}
