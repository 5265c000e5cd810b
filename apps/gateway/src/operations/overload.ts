import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether it is answered however much there is to do: a probe that is turned away would have us restarted. */
    isAlwaysAnswered?: boolean
  }
}

/** There is enough to do already. Its message is for the caller. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError'
  readonly statusCode = 503

  constructor() {
    super('Too many requests at once. Try again in a moment.')
  }
}

/** Requests that are worked on at a time: several times what a busy team asks, and little enough to be held in memory. */
const MOST_AT_ONCE = 500

/**
 * Tells at once who comes when there is enough to do already, instead of letting everybody wait for ever longer. A request
 * counts until its answer begins, so that a stream of events counts no longer than others. How much is being done decides,
 * not how long the event loop was busy, which on a shared machine others decide too.
 */
export const overload = fp(
  async (app) => {
    const leaving = new WeakMap<FastifyRequest, () => void>()
    let atWork = 0

    // Not before the body has come: who sends it slowly, or never, would take the place of others without asking for anything.
    app.addHook('preValidation', async (request, reply) => {
      if (request.routeOptions.config.isAlwaysAnswered) return
      if (atWork >= MOST_AT_ONCE) throw new OverloadedError()
      atWork += 1
      let isAtWork = true
      const leave = () => {
        if (isAtWork) atWork -= 1
        isAtWork = false
      }
      leaving.set(request, leave)
      // Whoever goes away before being answered.
      reply.raw.once('close', leave)
    })

    app.addHook('onSend', async (request) => leaving.get(request)?.())
  },
  { name: 'overload' },
)
