import { JsonAnswer } from './json-answer.ts'
import type { HttpAnswer } from './request.ts'
import { isJson, parseJson, readResponseError, readStructuredDetail } from './response-error.ts'
import { SentryApiError } from './sentry-api-error.ts'
import type { SentryRequest, SentryResponse } from './sentry-client.ts'

/** @throws SentryApiError for what is no success, and for what is no JSON. */
export function readResponse(answer: HttpAnswer, endpoint: string): SentryResponse {
  const { status, header, text } = answer
  if (status < 200 || status > 299) throw readResponseError(answer, endpoint)
  const body = text !== null && isJson(answer) ? parseJson(text) : undefined
  if (body === undefined) {
    throw new SentryApiError('invalid_response', invalidBody(answer), { endpoint, status })
  }
  return new JsonAnswer(text ?? '', body, header)
}

/** Deletions and some changes are answered by 202 or 204 without a body. */
export function readWritten(answer: HttpAnswer, endpoint: string): SentryResponse {
  const isEmpty = answer.status >= 200 && answer.status <= 299 && answer.text === ''
  return isEmpty ? { body: null, header: answer.header } : readResponse(answer, endpoint)
}

/**
 * The same call with the new slug, where Sentry says that a project was renamed (302 `resource-moved`); null where it
 * names no other slug. The slug goes through the path builder; the `Location` is never followed, so that the token
 * stays where it was meant for.
 */
export function readMovedRequest(
  { movedParameter, ...request }: SentryRequest,
  answer: HttpAnswer,
): SentryRequest | null {
  if (movedParameter === undefined || answer.status !== 302) return null
  const detail = readStructuredDetail(answer)
  if (detail?.code !== 'resource-moved' || detail.slug === null) return null
  if (detail.slug === request.parameters?.[movedParameter]) return null
  return { ...request, parameters: { ...request.parameters, [movedParameter]: detail.slug } }
}

function invalidBody({ fault }: HttpAnswer): string {
  if (fault === 'too_large') return 'Sentry’s answer is larger than allowed.'
  if (fault === 'undecodable') return 'Sentry’s answer is compressed in a way that cannot be read.'
  return 'Sentry’s answer is no JSON.'
}
