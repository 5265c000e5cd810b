import fp from 'fastify-plugin'
import helmet from 'helmet'
import type { Config } from '../config.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route sends the explorer, whose editor needs a looser policy. */
    isExplorer?: boolean
  }
}

const self = "'self'"
const none = "'none'"

const strict = {
  defaultSrc: [self],
  scriptSrc: [self],
  styleSrc: [self],
  imgSrc: [self, 'data:', 'https:'],
  connectSrc: [self],
  objectSrc: [none],
  baseUri: [none],
  formAction: [self],
  frameAncestors: [none],
}

/** The explorer's editor sets style attributes, which no nonce can allow, and its style sheet embeds a font. */
const loose = {
  ...strict,
  styleSrc: [self, "'unsafe-inline'"],
  fontSrc: [self, 'data:'],
  workerSrc: [self, 'blob:'],
}

const forHttps = { maxAge: 31_536_000, includeSubDomains: false }

const isHttps = (publicUrl: string) => publicUrl.startsWith('https:')

/**
 * Headers that tell browsers what our pages may do, on every answer. Only the explorer has looser ones. They are made once:
 * made anew for every request, they keep enough from V8's small collections to double the size of a busy process.
 */
export const securityHeaders = fp<Config>(
  async (app, { http }) => {
    const forPages = makeHeaders(strict, http.publicUrl)
    const forExplorer = makeHeaders(loose, http.publicUrl)
    app.addHook('onRequest', (request, reply, done) => {
      reply.headers(request.routeOptions.config.isExplorer ? forExplorer : forPages)
      done()
    })
  },
  { name: 'security-headers' },
)

/** What helmet puts on a response; of which it needs no more than what notes that down. */
function makeHeaders(directives: Record<string, string[]>, publicUrl: string): Record<string, string> {
  const headers: Record<string, string> = {}
  const response = {
    setHeader: (name: string, value: string) => void (headers[name.toLowerCase()] = value),
    removeHeader: () => undefined,
  }
  const setHeaders = helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    strictTransportSecurity: isHttps(publicUrl) && forHttps,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  })
  const [request, noted] = [{}, response] as unknown as Parameters<typeof setHeaders>
  setHeaders(request, noted, (error) => {
    if (error) throw error
  })
  return headers
}

/** The same protection for what Fastify refuses before any plugin hears of it: addresses that cannot be read. */
export function bareSecurityHeaders({ http }: Pick<Config, 'http'>): Record<string, string> {
  return {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'cross-origin-opener-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    ...(isHttps(http.publicUrl) ? { 'strict-transport-security': `max-age=${forHttps.maxAge}` } : {}),
  }
}
