import {
  AuthorizationResponseError,
  TokenEndpointError,
  type SentryOAuth,
  type TokenEndpointErrorCode,
  type TokenSet,
} from '@sentry-graph/sentry-oauth'
import { StoreUnavailableError } from '@sentry-graph/session-store'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { readCookieValues } from '../session/believable-cookies.ts'
import { cookieNames } from '../session/cookies.ts'
import { answerFailure } from './failure-answer.ts'
import { SignInError, type SignInFailureCode } from './failures.ts'
import { findPending, hasExpired, type PendingSignIn } from './pending-sign-ins.ts'
import { searchParametersOf } from './search-parameters.ts'
import { startSession, type SessionStartParts } from './session-start.ts'

export interface CallbackParts extends SessionStartParts {
  config: Config
  oauth: SentryOAuth
  clock: () => Date
}

/** GET /api/auth/callback: ends a sign-in with a session, or on the error page. */
export function createCallback(parts: CallbackParts) {
  return async function callback(request: FastifyRequest, reply: FastifyReply) {
    const parameters = searchParametersOf(request)
    const pending = request.signInCookie.get('pending') ?? []
    const signIn = findPending(pending, parameters.get('state') ?? '')
    try {
      if (signIn === null) throw new SignInError(describeStranger(parameters, pending))
      await claim(parts, request, signIn)
      await completeSignIn(parts, request, signIn, parameters)
      return reply.redirect(signIn.returnPath, 303)
    } catch (error) {
      const failure = toSignInError(error)
      if (isStray(failure) && (await isSignedIn(request))) return reply.redirect('/', 303)
      return answerFailure(request, reply, failure, signIn?.correlationId ?? request.id)
    }
  }
}

function describeStranger(parameters: URLSearchParams, pending: readonly PendingSignIn[]): SignInFailureCode {
  return parameters.get('state') && pending.length > 0 ? 'state_mismatch' : 'state_missing'
}

/**
 * Makes the sign-in this request's own. The browser forgets it, and the store remembers that it was used: a cookie can be
 * restored, the store cannot (RFC 9700 4.7.1). With the store away nothing is spent, and the same answer may come again.
 */
async function claim({ config, store, clock }: CallbackParts, request: FastifyRequest, signIn: PendingSignIn) {
  const { signInTtl } = config.session
  const isExpired = hasExpired(signIn, clock().getTime() / 1000, signInTtl)
  const isFirst = isExpired || (await store.consumeState(signIn.state, new Date((signIn.createdAt + signInTtl) * 1000)))
  forget(request, signIn)
  if (isExpired) throw new SignInError('state_expired')
  if (!isFirst) throw new SignInError('state_reused')
  const { correlationId } = signIn
  request.log.info({ event: 'sign_in.returned', correlationId }, 'the browser came back from Sentry')
}

function forget({ signInCookie }: FastifyRequest, { state }: PendingSignIn) {
  const others = (signInCookie.get('pending') ?? []).filter((pending) => pending.state !== state)
  if (others.length === 0) signInCookie.delete()
  else signInCookie.set('pending', others)
}

async function completeSignIn(
  parts: CallbackParts,
  request: FastifyRequest,
  signIn: PendingSignIn,
  parameters: URLSearchParams,
) {
  const { config, oauth } = parts
  const log = request.log.child({ correlationId: signIn.correlationId })
  const response = oauth.readAuthorizationResponse(parameters, signIn.state)
  refuseAmbiguousSession(request, cookieNames(config.http.publicUrl).session)

  const tokenSet = await oauth.exchangeCode(response, signIn.codeVerifier)
  log.info({ event: 'sign_in.exchanged', scopes: tokenSet.scopes }, 'the code was exchanged')

  const { id: sessionId, userId } = await startBrowserSession(parts, request, tokenSet)
  log.info({ event: 'sign_in.completed', userId, sessionId }, 'signed in')
}

/** A new session at every sign-in; the browser's former one ends with the same commit. */
async function startBrowserSession(parts: CallbackParts, request: FastifyRequest, tokenSet: TokenSet) {
  const formerSecret = request.sessionCookie.get('secret')
  const beginning = formerSecret === undefined ? {} : { formerSecret }
  const { secret, opened } = await startSession(parts, request, tokenSet, beginning)
  request.sessionCookie.set('secret', secret)
  return opened.session
}

/** Of two different session cookies one was planted, and would go on hiding the session that is about to be made. */
function refuseAmbiguousSession(request: FastifyRequest, cookieName: string) {
  const values = new Set(readCookieValues(request.headers.cookie, cookieName))
  if (values.size > 1) throw new SignInError('session_unavailable')
}

const tokenEndpointFailures = {
  refused: 'exchange_refused',
  timeout: 'exchange_timeout',
  unavailable: 'provider_unavailable',
  invalid_response: 'provider_error',
} satisfies Record<TokenEndpointErrorCode, SignInFailureCode>

/** The failure that an error of one of the steps means. What no step announces has kept the session from being made. */
export function toSignInError(error: unknown): SignInError {
  if (error instanceof SignInError) return error
  if (error instanceof AuthorizationResponseError) return new SignInError(error.code, { cause: error })
  if (error instanceof TokenEndpointError) return new SignInError(tokenEndpointFailures[error.code], { cause: error })
  if (error instanceof StoreUnavailableError) return new SignInError('store_unavailable', { cause: error })
  return new SignInError('session_unavailable', { cause: error })
}

/**
 * Whether an answer belongs to no sign-in that is under way. Somebody who is signed in has most likely reloaded the
 * callback, and is led home; nobody can switch them to another account this way (RFC 9700 4.7).
 */
function isStray({ code }: SignInError): boolean {
  return code === 'state_missing' || code === 'state_mismatch' || code === 'state_reused'
}

async function isSignedIn(request: FastifyRequest): Promise<boolean> {
  try {
    return (await request.openSession()) !== null
  } catch (error) {
    if (error instanceof StoreUnavailableError) return false
    throw error
  }
}
