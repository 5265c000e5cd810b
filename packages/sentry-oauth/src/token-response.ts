import {
  processGenericTokenEndpointResponse,
  ResponseBodyError,
  type AuthorizationServer,
  type Client,
  type TokenEndpointResponse,
} from 'oauth4webapi'
import { readOAuthErrorName, TokenEndpointError, withoutContents } from './errors.ts'

/** Who authorized, as the token answer tells. */
export interface TokenUser {
  id: string
  name: string | null
  email: string | null
}

/** What Sentry issued. Both tokens are secrets. */
export interface TokenSet {
  accessToken: string
  /** Null when Sentry issued none. */
  refreshToken: string | null
  /** Null when the access token does not expire. */
  expiresAt: Date | null
  /** The granted scopes: sorted, each once; may be more or fewer than requested. */
  scopes: string[]
  /** Null when the answer names nobody. */
  user: TokenUser | null
  /** The one organization the tokens are good for, as an application of organization level gets them; null for all of the user's. */
  organizationId: string | null
}

export interface TokenResponseContext {
  /** Stands for the granted scopes when the answer has none (RFC 6749 section 5.1). */
  requestedScopes: readonly string[]
  /** When the request was sent: `expires_in` counts from here at the earliest. */
  sentAt: Date
}

/** RFC 6750 section 2.1: anything else cannot be sent in an Authorization header. */
const bearerTokenPattern = /^[A-Za-z0-9\-._~+/]+=*$/

/**
 * Members of which Sentry may send null, where oauth4webapi takes only a value or none. The id token is not read: it is
 * signed with a key of the server's own, and `user` already says who signed in.
 */
const droppedIfNull = ['expires_in', 'refresh_token', 'scope'] as const

/** Judges an answer of Sentry's token endpoint (RFC 6749 section 5). Throws TokenEndpointError. */
export async function readTokenResponse(
  server: AuthorizationServer,
  client: Client,
  response: Response,
  context: TokenResponseContext,
): Promise<TokenSet> {
  refuseForeignAnswer(response)
  const body = await processResponse(server, client, await withoutNulls(response))
  return readTokenSet(body, context)
}

/** A redirect, a 5xx or a page is the answer of something else than a working token endpoint. */
function refuseForeignAnswer({ status, headers }: Response): void {
  const isAnswer = status === 200 || (status >= 400 && status < 500)
  const isPage = readMediaType(headers) === 'text/html'
  if (!isAnswer || isPage) throw new TokenEndpointError('unavailable', { status })
}

/**
 * The answer as oauth4webapi takes it. Of the headers only the content type goes on: the challenge that Sentry sends with
 * `invalid_client` would be reported in place of the error.
 */
async function withoutNulls(response: Response): Promise<Response> {
  const { status, headers } = response
  if (readMediaType(headers) !== 'application/json') throw notJson(status)
  const body = await parseObject(response)
  for (const name of droppedIfNull) if (body[name] === null) delete body[name]
  delete body['id_token']
  return Response.json(body, { status })
}

async function parseObject(response: Response): Promise<Record<string, unknown>> {
  const { status } = response
  let body: unknown
  try {
    body = await response.json()
  } catch {
    // The parser's error quotes the text it stumbled over, which may be a token: it does not travel on.
    throw notJson(status)
  }
  if (!isObject(body)) throw notJson(status)
  return body
}

/** Of a success, the wrong shape; of a refusal, no word of the token endpoint but of something before it. */
function notJson(status: number): TokenEndpointError {
  return new TokenEndpointError(status === 200 ? 'invalid_response' : 'unavailable', { status })
}

async function processResponse(
  server: AuthorizationServer,
  client: Client,
  response: Response,
): Promise<TokenEndpointResponse> {
  const { status } = response
  try {
    return await processGenericTokenEndpointResponse(server, client, response)
  } catch (error) {
    const cause = withoutContents(error)
    if (error instanceof ResponseBodyError) {
      throw new TokenEndpointError('refused', { status, oauthError: readOAuthErrorName(error.error), cause })
    }
    throw new TokenEndpointError(status === 200 ? 'invalid_response' : 'unavailable', { status, cause })
  }
}

function readTokenSet(body: TokenEndpointResponse, context: TokenResponseContext): TokenSet {
  if (body.token_type !== 'bearer' || !bearerTokenPattern.test(body.access_token)) throw wrongShape()
  return {
    accessToken: body.access_token,
    refreshToken: body.refresh_token ?? null,
    expiresAt: readExpiry(body, context.sentAt),
    scopes: body.scope === undefined ? sortScopes(context.requestedScopes) : sortScopes(body.scope.split(' ')),
    user: readUser(body['user']),
    organizationId: readId(body['organization_id']),
  }
}

/** `expires_in` does not depend on two clocks agreeing and therefore comes first; `expires_at` is Sentry's own. */
function readExpiry(body: TokenEndpointResponse, sentAt: Date): Date | null {
  const expiresAt = body['expires_at'] ?? null
  if (body.expires_in !== undefined) return readDate(sentAt.getTime() + body.expires_in * 1000)
  if (expiresAt === null) return null
  if (typeof expiresAt !== 'string') throw wrongShape()
  return readDate(expiresAt)
}

function readDate(value: number | string): Date {
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) throw wrongShape()
  return date
}

function sortScopes(scopes: readonly string[]): string[] {
  return [...new Set(scopes)].filter((scope) => scope !== '').toSorted()
}

/**
 * A user that cannot be read is nobody rather than an error: the old token pair is dead by now, and failing here would
 * lose the new one.
 */
function readUser(user: unknown): TokenUser | null {
  if (!isObject(user)) return null
  const id = readId(user['id'])
  return id === null ? null : { id, name: readText(user['name']), email: readText(user['email']) }
}

function readId(value: unknown): string | null {
  return typeof value === 'number' ? String(value) : readText(value)
}

function readText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function readMediaType(headers: Headers): string | null {
  return headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? null
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function wrongShape(): TokenEndpointError {
  return new TokenEndpointError('invalid_response', { status: 200 })
}
