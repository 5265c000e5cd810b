import type { FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'

const takenPlace = Symbol('place of a request')

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether it is answered however much there is to do: a probe that is turned away would have us restarted. */
    isAlwaysAnswered?: boolean
  }

  interface FastifyRequest {
    /** Null or undefined before the body has come, and null again once the request is answered. */
    [takenPlace]: Place | null | undefined
    /** Says whose request it is, as soon as that is known. @throws OverloadedError where half of what is done is for them. */
    countFor(person: string): void
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
/** However slowly Sentry answers one person, the other half is left to others. */
const MOST_OF_ONE_PERSON = MOST_AT_ONCE / 2

/** What a request takes from others until it is answered. */
interface Place {
  person: string | null
}

/**
 * Tells at once who comes when there is enough to do already, instead of letting everybody wait for ever longer. A request
 * counts until its answer begins, so that a stream of events counts no longer than others. How much is being done decides,
 * not how long the event loop was busy, which on a shared machine others decide too.
 */
export const overload = fp(
  async (app) => {
    const persons = new Map<string, number>()
    let atWork = 0

    app.decorateRequest(takenPlace, null)

    // Not before the body has come: who sends it slowly, or never, would take the place of others without asking for anything.
    app.addHook('preValidation', (request, reply, done) => {
      if (request.routeOptions.config.isAlwaysAnswered) return done()
      if (atWork >= MOST_AT_ONCE) return done(new OverloadedError())
      atWork += 1
      request[takenPlace] = { person: null }
      // Whoever goes away before being answered.
      reply.raw.once('close', () => leave(request))
      done()
    })

    app.decorateRequest('countFor', function (this: FastifyRequest, person: string) {
      const place = this[takenPlace]
      const count = persons.get(person) ?? 0
      if (count >= MOST_OF_ONE_PERSON) throw new OverloadedError()
      if (!place) return
      place.person = person
      persons.set(person, count + 1)
    })

    app.addHook('onSend', (request, _reply, _payload, done) => {
      leave(request)
      done()
    })

    function leave(request: FastifyRequest): void {
      const place = request[takenPlace]
      if (!place) return
      request[takenPlace] = null
      atWork -= 1
      if (place.person !== null) forget(place.person)
    }

    function forget(person: string): void {
      const others = (persons.get(person) ?? 1) - 1
      if (others > 0) persons.set(person, others)
      else persons.delete(person)
    }
  },
  { name: 'overload' },
)
