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

/** Headers that tell browsers what our pages may do, on every answer. Only /graphiql has looser ones. */
export const securityHeaders = fp<Config>(
  async (app, { http }) => {
    const isHttps = http.publicUrl.startsWith('https:')
    await app.register(helmet, {
      contentSecurityPolicy: { useDefaults: false, directives: strict },
      strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    })
  },
  { name: 'security-headers' },
)

/** The helmet options of the explorer's route. */
export const explorerHelmet = { contentSecurityPolicy: { useDefaults: false, directives: forExplorer } }
