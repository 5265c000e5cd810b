import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pages } from './pages.ts'
import { securityHeaders } from './security-headers.ts'
import { readConfig } from '../config.ts'

let root: string
let app: FastifyInstance

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pages-'))
})

afterEach(async () => {
  await app.close()
  await rm(root, { recursive: true })
})

async function serve(graphiql = true) {
  app = fastify()
  await app.register(securityHeaders, readConfig({ DATA_DIR: root }))
  await app.register(pages, { root, graphiql })
}

async function build() {
  await mkdir(join(root, 'assets'))
  await writeFile(join(root, 'index.html'), 'the dashboard')
  await writeFile(join(root, 'graphiql.html'), 'the explorer')
  await writeFile(join(root, 'favicon.svg'), '<svg/>')
  await writeFile(join(root, 'assets/index-abc123.js'), 'code')
  await writeFile(join(root, '.secret'), 'hidden')
}

describe('a built dashboard', () => {
  beforeEach(async () => {
    await build()
    await serve()
  })

  test.each(['/', '/login', '/auth/success', '/auth/error?code=access_denied&id=1', '/o/lumen-freight?query=web'])(
    '%s is a page, asked for anew each time',
    async (url) => {
      const answer = await app.inject({ url })
      expect([answer.statusCode, answer.body]).toEqual([200, 'the dashboard'])
      expect(answer.headers['content-type']).toContain('text/html')
      expect(answer.headers['cache-control']).toBe('no-cache')
    },
  )

  test.each(['/nowhere', '/o/acme/nowhere', '/o', '/auth', '/assets/gone.js', '/.secret', '/index.html', '/apis'])(
    '%s is the same page, found missing',
    async (url) => {
      const answer = await app.inject({ url })
      expect([answer.statusCode, answer.body]).toEqual([404, 'the dashboard'])
      expect(answer.headers['cache-control']).toBe('no-cache')
    },
  )

  test.each(['/api', '/api/nowhere', '/graphql/nowhere'])('%s is missing as JSON', async (url) => {
    const answer = await app.inject({ url, headers: { accept: 'text/html' } })
    expect([answer.statusCode, answer.json()]).toEqual([404, { error: 'not_found', id: expect.any(String) }])
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH'] as const)('%s of a page is missing as JSON', async (method) => {
    const answer = await app.inject({ method, url: '/' })
    expect([answer.statusCode, answer.json().error]).toEqual([404, 'not_found'])
  })

  test('files named after their content are kept for good, others are not', async () => {
    const [asset, icon] = [await app.inject('/assets/index-abc123.js'), await app.inject('/favicon.svg')]
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(icon.headers['cache-control']).toBe('no-cache')
    expect(asset.headers['x-content-type-options']).toBe('nosniff')
  })

  test.each([
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
    '/..%5cpackage.json',
  ])('%s does not leave the folder', async (url) => {
    const answer = await app.inject({ url })
    expect(answer.statusCode).toBeGreaterThanOrEqual(400)
    expect(answer.statusCode).toBeLessThan(500)
    expect(answer.body).not.toContain('"name"')
  })

  test('the explorer has its own page', async () => {
    expect((await app.inject('/graphiql')).body).toBe('the explorer')
  })
})

test('the explorer can be switched off', async () => {
  await build()
  await serve(false)
  expect((await app.inject('/graphiql')).statusCode).toBe(404)
  expect((await app.inject('/graphiql.html')).statusCode).toBe(404)
})

test.each(['/', '/login', '/graphiql'])('%s of a dashboard that is not built says how to build it', async (url) => {
  await serve()
  const answer = await app.inject({ url })
  expect(answer.statusCode).toBe(503)
  expect(answer.headers['content-type']).toContain('text/html')
  expect(answer.body).toContain('pnpm build')
})
