import { SentryApiError, type SentryApiErrorCode } from '@sentry-graph/sentry-api'
import { GraphQLError, type GraphQLErrorExtensions } from 'graphql'
import { AuthenticationEndedError, type ErrorCode, errorCodes, GraphError } from './graph-error.ts'

const upstreamFailures = {
  unauthenticated: { code: 'UNAUTHENTICATED', message: 'Sentry no longer accepts this sign-in. Sign in again.' },
  sso_required: {
    code: 'FORBIDDEN',
    message: 'The organization wants its single sign-on: sign in to it at Sentry first.',
  },
  forbidden: { code: 'FORBIDDEN', message: 'Sentry does not allow this.' },
  not_found: { code: 'NOT_FOUND', message: 'It does not exist, or you may not see it.' },
  bad_request: { code: 'BAD_USER_INPUT', message: 'Sentry cannot make sense of this request.' },
  rate_limited: { code: 'RATE_LIMITED', message: 'Sentry is asked too often. Wait a moment.' },
  timeout: { code: 'UPSTREAM_TIMEOUT', message: 'Sentry did not answer in time.' },
  unavailable: { code: 'UPSTREAM_UNAVAILABLE', message: 'Sentry is not available.' },
  gone: { code: 'UPSTREAM_GONE', message: 'Sentry no longer offers this.' },
  invalid_response: { code: 'UPSTREAM_INVALID', message: 'Sentry answered in a shape that is not understood.' },
  budget_exceeded: { code: 'BUDGET_EXCEEDED', message: 'The operation needs more Sentry calls than it may make.' },
  invalid_path_segment: { code: 'BAD_USER_INPUT', message: 'A value cannot be part of a Sentry address.' },
  untrusted_origin: { code: 'UPSTREAM_INVALID', message: 'Sentry names a region that this gateway does not trust.' },
} satisfies Record<SentryApiErrorCode, { code: ErrorCode; message: string }>

/**
 * What a caller sees of an error: the one mapping to `extensions.code`. Messages of the graph's own refusals and of
 * GraphQL's request checks stay (the latter as `BAD_USER_INPUT`); anything else is `INTERNAL` and says nothing.
 */
export function presentError(error: unknown, correlationId: string): GraphQLError {
  const { message, extensions } = describe(error)
  const located = error instanceof GraphQLError ? error : null
  return new GraphQLError(message, {
    nodes: located?.nodes,
    source: located?.source,
    positions: located?.positions,
    path: located?.path,
    extensions: { ...extensions, correlationId },
  })
}

/** The same as data: for a part of an answer that tells what failed beside what did not. */
export function failureOf(error: unknown): { code: ErrorCode; message: string; retryAfter: number | null } {
  const { message, extensions } = describe(error)
  const retryAfter: unknown = extensions['retryAfter']
  return { code: extensions.code, message, retryAfter: typeof retryAfter === 'number' ? retryAfter : null }
}

interface Description {
  message: string
  extensions: GraphQLErrorExtensions & { code: ErrorCode }
}

function describe(error: unknown): Description {
  const origin = findOrigin(error)
  if (origin instanceof SentryApiError) return describeSentryApiError(origin)
  if (origin instanceof GraphError) return describeGraphError(origin)
  if (origin instanceof AuthenticationEndedError) {
    return {
      message: 'The sign-in has ended. Sign in again.',
      extensions: { code: 'UNAUTHENTICATED', reason: origin.reason },
    }
  }
  const isRequestError = error instanceof GraphQLError && origin instanceof GraphQLError && error.path === undefined
  if (origin instanceof GraphQLError && (isRequestError || isErrorCode(origin.extensions['code']))) {
    return describeRequestError(origin)
  }
  return { message: 'Something went wrong here.', extensions: { code: 'INTERNAL' } }
}

/** The error that a resolver threw, beneath what GraphQL wrapped around it. */
function findOrigin(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? findOrigin(error.originalError) : error
}

function describeSentryApiError(error: SentryApiError): Description {
  const { code, message } = upstreamFailures[error.code]
  const { status, endpoint, retryAfter, requiredScope, reason } = error
  return {
    message,
    extensions: {
      code,
      upstream: { status, endpoint },
      ...(retryAfter === null ? {} : { retryAfter }),
      ...(requiredScope === null ? {} : { requiredScope }),
      ...(reason === null ? {} : { reason }),
    },
  }
}

function describeGraphError({ code, message, requiredScope, estimate }: GraphError): Description {
  return {
    message,
    extensions: {
      code,
      ...(requiredScope === null ? {} : { requiredScope }),
      ...(estimate === null ? {} : { estimate }),
    },
  }
}

// Syntax, validation and variables are checked before anything runs, so their messages quote only the request.
function describeRequestError({ message, extensions }: GraphQLError): Description {
  const code = isErrorCode(extensions['code']) ? extensions['code'] : 'BAD_USER_INPUT'
  // `http` is how GraphQL servers let an error choose the status of the response.
  const http = extensions['http']
  return { message, extensions: { code, ...(http === undefined ? {} : { http }) } }
}

function isErrorCode(code: unknown): code is ErrorCode {
  return errorCodes.some((known) => known === code)
}
