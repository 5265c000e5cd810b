import fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { bodyShapes } from './body-shape.ts'

function createApp() {
  const app = fastify({ schemaController: bodyShapes })
  onTestFinished(() => app.close())
  return app
}

test('a body is what its shape reads, and anything else is refused with 400', async () => {
  const app = createApp()
  const body = z.object({ name: z.string().default('nobody') })
  app.post('/', { schema: { body } }, (request) => request.body as object)
  expect((await app.inject({ method: 'POST', url: '/', payload: { other: 1 } })).json()).toEqual({ name: 'nobody' })
  expect((await app.inject({ method: 'POST', url: '/', payload: { name: 5 } })).statusCode).toBe(400)
  expect((await app.inject({ method: 'POST', url: '/' })).statusCode).toBe(400)
})

test('a route with a schema for its answers does not start: nothing would hold them to it', async () => {
  const app = createApp()
  app.get('/', { schema: { response: { 200: { type: 'object' } } } }, () => ({ secret: true }))
  await expect(app.ready()).rejects.toThrow('GET / names a schema for its answers')
})
