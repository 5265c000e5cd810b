import helmet from '@fastify/helmet'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'

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
const forExplorer = {
  ...strict,
  styleSrc: [self, "'unsafe-inline'"],
  fontSrc: [self, 'data:'],
  workerSrc: [self, 'blob:'],
}

const forHttps = { maxAge: 31_536_000, includeSubDomains: false }

const isHttps = (publicUrl: string) => publicUrl.startsWith('https:')

/** Headers that tell browsers what our pages may do, on every answer. Only /graphiql has looser ones. */
export const securityHeaders = fp<Config>(
  async (app, { http }) => {
    await app.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: strict },
      strictTransportSecurity: isHttps(http.publicUrl) && forHttps,
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    })
  },
  { name: 'security-headers' },
)

/** The helmet options of the explorer's route. */
export const explorerHelmet = { contentSecurityPolicy: { useDefaults: false, directives: forExplorer } }

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
