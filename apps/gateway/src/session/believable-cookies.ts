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

function isCanonical(value: string): boolean {
  if (readClientValue(value) !== null) return true
  const parts = value.split('%3B')
  return parts.every((part) => {
    const base64 = part.replace(/%2B/g, '+').replace(/%2F/g, '/').replace(/%3D/g, '=')
    return encodeURIComponent(Buffer.from(base64, 'base64').toString('base64')) === part
  })
}
