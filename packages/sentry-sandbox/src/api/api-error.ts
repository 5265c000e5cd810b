import type { Answer } from './answer.ts'

/** A refusal with the status and the body that Sentry gives. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly answer: Answer

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`The request is refused with status ${status}`)
    this.answer = { status, body, headers }
  }
}

export const badRequest = (detail: string): ApiError => new ApiError(400, { detail })

export const unauthenticated = (detail: string): ApiError => new ApiError(401, { detail })

export const forbidden = (headers: Readonly<Record<string, string>> = {}): ApiError =>
  new ApiError(403, { detail: 'You do not have permission to perform this action.' }, headers)

/** The access token lacks a scope, whatever the person may do; Sentry then names the scopes that would help. */
export const insufficientScope = (scopes: readonly string[]): ApiError =>
  forbidden(
    scopes.length === 0
      ? {}
      : { 'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scopes.toSorted().join(' ')}"` },
  )

export const notFound = (): ApiError => new ApiError(404, { detail: 'The requested resource does not exist' })

/** A slug that a project had before it was renamed. */
export function resourceMoved(url: string, slug: string): ApiError {
  const detail = { code: 'resource-moved', message: 'Resource has been moved', extra: { url, slug } }
  return new ApiError(302, { slug, detail }, { Location: url })
}
