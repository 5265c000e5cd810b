import fp from 'fastify-plugin'

/**
 * Withdraws a cookie of ours that arrived twice with different values (somebody planted one, and which of them the
 * browser sends first is not ours to know) or that is not written exactly as we write it (base64 and percent-encoding
 * have several spellings of one value, so a changed byte could otherwise still open).
 */
export const believableCookies = fp<{ names: readonly string[] }>(
  async (app, { names }) => {
    app.addHook('onRequest', async (request) => {
      for (const name of names) {
        const values = new Set(readCookieValues(request.headers.cookie, name))
        const [value] = values
        if (value === undefined || (values.size === 1 && isCanonical(value))) continue
        delete request.cookies[name]
        request.log.warn({ event: 'cookie.refused', cookie: name, values: values.size }, 'cookie refused')
      }
    })
  },
  { name: 'believable-cookies', dependencies: ['@fastify/cookie'] },
)

/** Every value that a Cookie header gives to a name, as written. */
export function readCookieValues(header: string | undefined, name: string): string[] {
  return (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
}

function isCanonical(value: string): boolean {
  const parts = value.split('%3B')
  return parts.every((part) => {
    const base64 = part.replace(/%2B/g, '+').replace(/%2F/g, '/').replace(/%3D/g, '=')
    return encodeURIComponent(Buffer.from(base64, 'base64').toString('base64')) === part
  })
}
