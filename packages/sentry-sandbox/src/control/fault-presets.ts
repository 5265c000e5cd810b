import type { Fault } from '../server/faults.ts'

const megabyte = 1024 * 1024

/** Faults with a name for people. */
export const faultPresets: ReadonlyMap<string, Fault> = new Map<string, Fault>([
  ['Late by 5 seconds', { delayMs: 5_000 }],
  ['Late by a minute', { delayMs: 60_000 }],
  ['Dripping slowly', { dripMs: 250 }],
  ['Never answered', 'silence'],
  ['Connection cut', 'reset'],
  ['Work done, answer lost', 'lost'],
  ['Cut in the middle', 'truncate'],
  ['A page instead of JSON', 'html'],
  ['Unreadable JSON', 'garbage'],
  ['Empty answer', 'empty'],
  ['500 Internal Error', { status: 500, body: { detail: 'Internal Error', errorId: '0'.repeat(32) } }],
  ['502 from the edge', { status: 502, body: '<h1>Bad Gateway</h1>' }],
  ['503 for two minutes', { status: 503, headers: { 'Retry-After': '120' } }],
  ['404 Not Found', { status: 404, body: { detail: 'The requested resource does not exist' } }],
  ['409 Conflict', { status: 409, body: { detail: 'Conflict' } }],
  ['429 for a second', { rateLimited: 1 }],
  ['429 for a minute', { rateLimited: 60 }],
  ['401 Invalid token', { refusal: 'invalid-token' }],
  ['401 Token expired', { refusal: 'token-expired' }],
  ['401 SSO required', { refusal: 'sso-required' }],
  ['401 Two-factor required', { refusal: '2fa-required' }],
  ['401 Over the member limit', { refusal: 'member-disabled-over-limit' }],
  ['403 Forbidden', { refusal: 'forbidden' }],
  ['Redirected elsewhere', { redirect: 'https://elsewhere.example/' }],
  ['Half a gigabyte of JSON', { hugeBytes: 512 * megabyte }],
  ['A gzip bomb of half a gigabyte', { gzipBombBytes: 512 * megabyte }],
  ['Ids are gone', { field: 'id', change: 'drop' }],
  ['Names are null', { field: 'name', change: 'null' }],
  ['Slugs are numbers', { field: 'slug', change: 'type' }],
  ['Deprecated, brownout at noon', { deprecated: '2026-01-01T00:00:00Z', replacement: '/api/0/organizations/' }],
  ['Gone for good', { deprecated: '2026-01-01T00:00:00Z', brownout: 'always' }],
])
