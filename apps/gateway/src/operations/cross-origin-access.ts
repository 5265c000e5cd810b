import cors from '@fastify/cors'
import fp from 'fastify-plugin'
import type { Config } from '../config.ts'
import { explainHeader } from '../graphql/explain-header.ts'

/**
 * Lets the pages of ALLOWED_ORIGINS, compared exactly, read our answers with the session cookie. Without any, no answer
 * carries a header of CORS.
 */
export const crossOriginAccess = fp<Pick<Config['http'], 'allowedOrigins'>>(
  async (app, { allowedOrigins }) => {
    if (allowedOrigins.length === 0) return
    await app.register(cors, {
      origin: (origin, answer) =>
        answer(null, origin !== undefined && allowedOrigins.includes(origin) ? origin : false),
      credentials: true,
      methods: ['GET', 'POST'],
      allowedHeaders: ['authorization', 'content-type', 'graphql-require-preflight', explainHeader],
      maxAge: 600,
    })
  },
  { name: 'cross-origin-access' },
)
