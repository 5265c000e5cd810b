/** An operation as it stands in the JSON body of a POST, every member of the kind it has to be (GraphQL over HTTP, 6.1). */
export interface PlainOperation {
  query: string
  operationName?: string | null
  variables?: Record<string, unknown> | null
  extensions?: Record<string, unknown> | null
}

const members = ['query', 'operationName', 'variables', 'extensions']

/** What may make an answer of several parts: not decided here, only suspected. */
const suspicions = ['subscription', '@defer', '@stream']

/**
 * The operation of a body that asks for one answer in one piece; null for every other body, be it a stream that is asked for
 * or a request that has to be refused.
 */
export function readPlainOperation(body: unknown): PlainOperation | null {
  if (!isRecord(body) || !Object.keys(body).every((name) => members.includes(name))) return null
  const { query, operationName, variables, extensions } = body
  if (typeof query !== 'string' || query === '' || suspicions.some((word) => query.includes(word))) return null
  const isPlain = isTextOrNone(operationName) && isRecordOrNone(variables) && isRecordOrNone(extensions)
  return isPlain ? (body as unknown as PlainOperation) : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isRecordOrNone(value: unknown): boolean {
  return value === undefined || value === null || isRecord(value)
}

function isTextOrNone(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string'
}
