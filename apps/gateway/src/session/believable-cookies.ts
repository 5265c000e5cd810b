import fp from 'fastify-plugin'
import { readClientValue } from './client-value.ts'

/**
 * Withdraws a cookie of ours that arrived twice with different values (somebody planted one, and which of them the
 * browser sends first is not ours to know) or that is not written exactly as we write it (base64 and percent-encoding
 * have several spellings of one value, so a changed byte could otherwise still open).
 */
export const believableCookies = fp<{ names: readonly string[] }>(
  async (app, { names }) => {
    app.addHook('onRequest', (request, _reply, done) => {
      for (const name of names) {
        if (request.cookies[name] === undefined) continue
        const values = new Set(readCookieValues(request.headers.cookie, name))
        const [value] = values
        if (value === undefined || (values.size === 1 && isCanonical(value))) continue
        delete request.cookies[name]
        request.log.warn({ event: 'cookie.refused', cookie: name, values: values.size }, 'cookie refused')
      }
      done()
    })
  },
  { name: 'believable-cookies', dependencies: ['@fastify/cookie'] },
)

/** Every value that a Cookie header gives to a name, as written; pairs are read as leniently as they are opened. */
export function readCookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const equals = pair.indexOf('=')
    return equals !== -1 && pair.slice(0, equals).trim() === name ? [pair.slice(equals + 1).trim()] : []
  })
}

/** Base64 (RFC 4648 4) without stray bits at its end, percent-encoded as `encodeURIComponent` does. */
const sextet = '(?:[A-Za-z0-9]|%2B|%2F)'
const base64 = `(?:${sextet}{4})*(?:${sextet}[AQgw]%3D%3D|${sextet}{2}[AEIMQUYcgkosw048]%3D)?`
const sealedPattern = new RegExp(`^${base64}(?:%3B${base64})*$`)

/** Whether a value has the one spelling that we write. */
export function isCanonical(value: string): boolean {
  return sealedPattern.test(value) || readClientValue(value) !== null
}
