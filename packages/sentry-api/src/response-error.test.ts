import { expect, test } from 'vitest'
import { clientOf, serve } from '../test/scripted-client.ts'
import { type Answer, json, raw } from '../test/scripted-server.ts'

const endpoint = '/api/0/organizations/{org}/'
const request = { endpoint, parameters: { org: 'acme' } }

const cases: [name: string, answer: Answer, error: object][] = [
  ['400 with a sentence', json(400, { detail: 'Invalid cursor parameter.' }), { code: 'bad_request', status: 400 }],
  ['400 of a serializer', json(400, { name: ['This field is required.'] }), { code: 'bad_request' }],
  ['400 nested', json(400, { error: { params: { stats_period: { message: 'x' } } } }), { code: 'bad_request' }],
  [
    '400 with a structured code',
    json(400, { detail: { code: 'parameter-validation-error', message: 'x' } }),
    { code: 'bad_request', reason: 'parameter-validation-error' },
  ],
  ['400 as a bare sentence', json(400, 'Bad.'), { code: 'bad_request' }],
  [
    '401 of single sign-on',
    json(401, { detail: { code: 'sso-required', message: 'x', extra: { loginUrl: '/' } } }),
    { code: 'sso_required', status: 401, reason: 'sso-required' },
  ],
  [
    '401 of a full organization',
    json(401, { detail: { code: 'member-disabled-over-limit', message: 'x' } }),
    { code: 'forbidden', reason: 'member-disabled-over-limit' },
  ],
  [
    '401 of two factors',
    json(401, { detail: { code: '2fa-required' } }),
    { code: 'forbidden', reason: '2fa-required' },
  ],
  [
    '401 with a code nobody knows',
    json(401, { detail: { code: 'moon-phase', message: 'x' } }),
    { code: 'forbidden', reason: null },
  ],
  [
    '403',
    json(403, { detail: 'You do not have permission to perform this action.' }),
    { code: 'forbidden', requiredScope: null },
  ],
  [
    '403 that names scopes',
    json(
      403,
      { detail: 'x' },
      { 'www-authenticate': 'Bearer error="insufficient_scope", scope="member:admin member:read member:write"' },
    ),
    { code: 'forbidden', requiredScope: 'member:read' },
  ],
  [
    '403 that names something else',
    json(403, {}, { 'www-authenticate': 'Bearer error="insufficient_scope", scope="<script>"' }),
    { code: 'forbidden', requiredScope: null },
  ],
  ['404', json(404, { detail: 'The requested resource does not exist' }), { code: 'not_found' }],
  ['404 without a body', raw(404, ''), { code: 'not_found' }],
  ['404 of a missing slash', raw(404, 'Route not found', { 'content-type': 'text/plain' }), { code: 'not_found' }],
  ['405', json(405, { detail: 'Method "PUT" not allowed.' }), { code: 'bad_request', status: 405 }],
  ['410', json(410, { detail: 'x' }), { code: 'gone' }],
  [
    '429 of old servers: a bare sentence as HTML',
    raw(429, '"You are attempting to use this endpoint too quickly."', { 'content-type': 'text/html' }),
    { code: 'rate_limited', retryAfter: null },
  ],
  ['429 of a proxy', raw(429, '', { 'retry-after': '7' }), { code: 'rate_limited', retryAfter: 7 }],
  ['429 with a wait nobody lives to see', raw(429, '', { 'retry-after': '98204487486' }), { retryAfter: 3600 }],
  ['500', json(500, { detail: 'Internal Error', errorId: 'x' }), { code: 'unavailable', status: 500 }],
  ['a redirect', raw(302, '', { location: 'https://evil.example/' }), { code: 'invalid_response', status: 302 }],
  ['HTML with 200', raw(200, '<html>', { 'content-type': 'text/html' }), { code: 'invalid_response', status: 200 }],
  ['JSON that breaks off', raw(200, '{"id":', { 'content-type': 'application/json' }), { code: 'invalid_response' }],
  [
    'an encoding nobody asked for',
    raw(200, 'x', { 'content-type': 'application/json', 'content-encoding': 'zstd' }),
    { code: 'invalid_response' },
  ],
  [
    'gzip that is none',
    raw(200, 'plain', { 'content-type': 'application/json', 'content-encoding': 'gzip' }),
    { code: 'invalid_response' },
  ],
]

/** Less time than an answer may ask to wait before the next attempt. */
const impatient = { timeout: 5000 }

test.each(cases)('%s', async (_, answer, error) => {
  const server = await serve(answer)
  await expect(clientOf(server, impatient).get(request)).rejects.toMatchObject({
    name: 'SentryApiError',
    endpoint,
    ...error,
  })
  expect(server.received).toHaveLength(1)
})

test('429 tells the seconds until the window ends', async () => {
  const reset = String(Math.ceil(Date.now() / 1000) + 30)
  const server = await serve(json(429, { detail: 'x' }, { 'x-sentry-rate-limit-reset': reset }))
  const failure = await clientOf(server, impatient)
    .get(request)
    .catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'rate_limited' })
  expect((failure as { retryAfter: number }).retryAfter).toBeGreaterThan(20)
  expect((failure as { retryAfter: number }).retryAfter).toBeLessThanOrEqual(31)
})
