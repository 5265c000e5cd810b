import type { FastifyReply, FastifyRequest } from 'fastify'

/** GET /api/auth/me: who is signed in, field by field so that nothing else of the record can slip out; 401 for nobody. */
export async function me(request: FastifyRequest, reply: FastifyReply) {
  const opened = await request.openSession()
  if (opened === null) return reply.code(401).send({ error: 'unauthenticated' })
  const { id, name, email, username, avatarUrl } = opened.user
  return reply.send({ user: { id, name, email, username, avatarUrl: readWebAddress(avatarUrl) } })
}

/** What Sentry calls an avatar ends up in a page: only an address of the web may. */
function readWebAddress(address: string | null): string | null {
  const protocol = URL.parse(address ?? '')?.protocol
  return protocol === 'https:' || protocol === 'http:' ? address : null
}
