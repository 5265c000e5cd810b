import cookie from '@fastify/cookie'
import fastify from 'fastify'
import { createYoga } from 'graphql-yoga'
import { readPlainSettings } from '../plain/settings.ts'
import { cookieName, createSessions } from '../plain/sessions.ts'
import { reportReady } from '../processes/parent.ts'
import { schema, type PlainContext, type ServerContext } from './schema.ts'

// Yoga in Fastify as its documentation shows it (https://the-guild.dev/graphql/yoga-server/docs/integrations/integration-with-fastify).

const { sentryUrl, personId, sessionCount } = readPlainSettings()
const sessions = createSessions(sessionCount, personId)
const app = fastify({ logger: true })
await app.register(cookie)

const yoga = createYoga<ServerContext, PlainContext>({
  schema,
  logging: false,
  context: ({ req }) => ({ sentryUrl, session: sessions.get(req.cookies[cookieName] ?? '') ?? null }),
})

app.addContentTypeParser('multipart/form-data', {}, (_request, _payload, done) => done(null))
app.route({
  url: yoga.graphqlEndpoint,
  method: ['GET', 'POST', 'OPTIONS'],
  handler: (req, reply) => yoga.handleNodeRequestAndResponse(req, reply, { req, reply }),
})

const url = await app.listen({ host: '127.0.0.1', port: 0 })
reportReady({ url, cookies: [...sessions.keys()].map((id) => `${cookieName}=${id}`) })
