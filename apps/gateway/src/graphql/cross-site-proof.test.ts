import cookiePlugin from '@fastify/cookie'
import fastify from 'fastify'
import { describe, expect, test } from 'vitest'
import { createCrossSiteProof } from './cross-site-proof.ts'

const app = fastify()
await app.register(cookiePlugin)
const proof = createCrossSiteProof('sentry_graph', ['https://graph.example.com'])

describe('a cookie of ours', () => {
  test.each([
    'sentry_graph=x',
    'a=b; sentry_graph=x',
    'a=b;sentry_graph=x',
    ' sentry_graph=x',
    'sentry_graph =x',
    '\tsentry_graph\t=x',
    'sentry_graph=',
    'sentry_graph="x"',
    'a=b; ; sentry_graph=x=y',
  ])('is one as soon as it can be read: %j', (cookie) => {
    expect(app.parseCookie(cookie)).toHaveProperty('sentry_graph')
    expect(proof.isMeant({ cookie })).toBe(false)
    expect(proof.isMeant({ cookie, 'graphql-require-preflight': '1' })).toBe(true)
    expect(proof.isMeant({ cookie, origin: 'https://graph.example.com' })).toBe(true)
    expect(proof.isMeant({ cookie, origin: 'https://graph.example.com.evil.example' })).toBe(false)
  })

  test.each([undefined, '', 'a=b', 'xsentry_graph=x', 'sentry_graph_sign_in=x', 'a=sentry_graph=x'])(
    'is none otherwise: %j',
    (cookie) => {
      expect(proof.isMeant({ cookie })).toBe(true)
    },
  )
})
