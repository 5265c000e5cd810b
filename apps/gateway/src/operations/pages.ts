import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

/** Paths of the dashboard's pages; anything else shows the same page with status 404, which says so itself. */
const pagePaths = ['/', '/login', '/auth/success', '/auth/error', '/sessions', '/o/:org']

const apiPath = /^\/(api|graphql)(\/|$)/

interface PagesParts {
  /** The built dashboard: index.html, graphiql.html and assets/. */
  root: string
  graphiql: boolean
}

/** The built dashboard and explorer, and the answer to every path that is nobody's. */
export const pages = fp<PagesParts>(
  async (app, { root, graphiql }) => {
    const isBuilt = existsSync(join(root, 'index.html'))
    if (isBuilt) await serveFiles(app, root)
    else app.log.warn({ event: 'dashboard.missing' }, 'the dashboard is not built: run pnpm build')

    const sendPage = (reply: FastifyReply, file: string) => (isBuilt ? reply.sendFile(file) : sendBuildAdvice(reply))

    for (const path of pagePaths) app.get(path, (_request, reply) => sendPage(reply, 'index.html'))
    if (graphiql)
      app.get('/graphiql', { config: { isExplorer: true } }, (_request, reply) => sendPage(reply, 'graphiql.html'))

    app.setNotFoundHandler((request, reply) => {
      const isPage = isPageRequest(request)
      reply.code(404)
      return isPage ? sendPage(reply, 'index.html') : reply.send({ error: 'not_found', id: request.id })
    })
  },
  { name: 'pages', dependencies: ['security-headers'] },
)

/** Vite puts a hash of its content into the name of every file under assets/. Pages are only sent by the routes above. */
async function serveFiles(app: FastifyInstance, root: string) {
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    globIgnore: ['**/*.html', 'assets/**'],
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
  })
  await app.register(fastifyStatic, {
    root: join(root, 'assets'),
    prefix: '/assets/',
    decorateReply: false,
    index: false,
    dotfiles: 'ignore',
    immutable: true,
    maxAge: '1y',
  })
}

function isPageRequest({ method, originalUrl }: FastifyRequest): boolean {
  const [path = ''] = originalUrl.split('?', 1)
  return (method === 'GET' || method === 'HEAD') && !apiPath.test(path)
}

function sendBuildAdvice(reply: FastifyReply) {
  if (reply.statusCode === 200) reply.code(503)
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(
      '<!doctype html><title>Sentry Graph</title><p>The dashboard is not built yet: run <code>pnpm build</code> and start again.\n',
    )
}
