import type { GraphContext } from '@sentry-graph/schema'
import fastify, { type FastifyInstance } from 'fastify'
import { createSchema, createYoga, Repeater } from 'graphql-yoga'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { useErrorPresentation } from './error-presentation.ts'
import { graphqlRoute } from './route.ts'

const query = 'subscription { ticks }'

let app: FastifyInstance
let url: string
let source: ReturnType<typeof createSource>

beforeEach(async () => {
  source = createSource()
  const yoga = createYoga({
    schema: createSchema({
      typeDefs: 'type Query { now: Int } type Subscription { ticks: Int }',
      resolvers: { Subscription: { ticks: { subscribe: () => source.events(), resolve: resolveTick } } },
    }),
    plugins: [useErrorPresentation()],
    maskedErrors: false,
    logging: false,
  })
  app = fastify()
  await app.register(graphqlRoute, {
    endpoint: {
      answer: async ({ url, ...init }, context) => yoga.fetch(new URL(url, 'http://graphql.invalid'), init, context),
      answerDirectly: () => Promise.reject(new Error('A subscription is answered in parts.')),
    },
    readContext: async () => ({ correlationId: 'correlation' }) as GraphContext,
    proof: { isMeant: () => true, advice: '' },
  })
  url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`
})

afterEach(() => app.close())

/** Ticks that the test sends; tells when nobody listens any more. */
function createSource() {
  const begun = Promise.withResolvers<(tick: number) => unknown>()
  const ended = Promise.withResolvers<void>()
  const events = () =>
    new Repeater<number>(async (push, stop) => {
      begun.resolve(push)
      await stop
      ended.resolve()
    })
  const send = async (tick: number) => void (await begun.promise)(tick)
  return { events, send, ended: ended.promise }
}

function resolveTick(tick: number): number {
  if (tick < 0) throw new Error('secret of the house')
  return tick
}

async function subscribe(signal: AbortSignal | null = null) {
  const response = await fetch(url, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    body: JSON.stringify({ query }),
  })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let read = ''
  return {
    response,
    /** Waits until the stream has said something. */
    expectToHear: async (text: string) => {
      while (!read.includes(text)) {
        const part = await reader?.read()
        if (part === undefined || part.done) throw new Error(`The stream ended without ${text}`)
        read += part.value
      }
    },
  }
}

test('an event arrives when it happens, while the answer goes on', async () => {
  const { response, expectToHear } = await subscribe()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  expect(response.headers.get('cache-control')).toBe('no-store')
  await source.send(1)
  await expectToHear('data: {"data":{"ticks":1}}')
  await source.send(2)
  await expectToHear('data: {"data":{"ticks":2}}')
})

test('an error within an event is presented like any other', async () => {
  const { expectToHear } = await subscribe()
  await source.send(-1)
  await expectToHear('"code":"INTERNAL","correlationId":"correlation"')
  await source.send(3)
  await expectToHear('data: {"data":{"ticks":3}}')
})

test('when the caller leaves, the source hears of it', async () => {
  const caller = new AbortController()
  const { expectToHear } = await subscribe(caller.signal)
  await source.send(1)
  await expectToHear('"ticks":1')
  caller.abort()
  await source.ended
})

test('the server can close while somebody listens', async () => {
  const { expectToHear } = await subscribe()
  await source.send(1)
  await expectToHear('"ticks":1')
  await app.close()
  await source.ended
})
