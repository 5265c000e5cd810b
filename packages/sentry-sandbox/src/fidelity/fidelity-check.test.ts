import { afterAll, beforeAll, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox.ts'
import { findPerson } from '../testing/sign-in.ts'
import { checkFidelity } from './fidelity-check.ts'
import type { Operation } from './openapi-document.ts'
import type { Schema } from './schema.ts'

let sandbox: Sandbox

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, rateLimit: false })
})
afterAll(() => sandbox.close())

const listOf = (properties: Record<string, Schema>): Schema => ({
  type: 'array',
  items: { type: 'object', properties, required: Object.keys(properties) },
})

function check(operations: Operation[], parameters: Record<string, string> = {}) {
  const token = sandbox.issueTokens(findPerson(sandbox, 'mira').id).accessToken
  return checkFidelity(operations, { url: sandbox.url, token, parameters })
}

test('paths are filled in from what lists answer, and answers that follow the document pass', async () => {
  const [report] = await check([
    {
      path: '/api/0/teams/{organization_id_or_slug}/{team_id_or_slug}/projects/',
      schema: listOf({ id: { type: 'string' }, slug: { type: 'string' } }),
    },
  ])
  expect(report).toMatchObject({
    status: 200,
    unexpected: [],
    request: expect.stringMatching(/^\/api\/0\/teams\/[a-z-]+\/[a-z-]+\/projects\/$/),
  })
})

test('what is given is not looked for', async () => {
  const path = '/api/0/organizations/{organization_id_or_slug}/'
  const [report] = await check([{ path, schema: {} }], { organization_id_or_slug: 'kleinwerk' })
  expect(report?.request).toBe('/api/0/organizations/kleinwerk/')
})

test('differences are told, and those that are known of Sentry apart from the others', async () => {
  const path = '/api/0/organizations/{organization_id_or_slug}/members/'
  const user: Schema = { type: 'object', nullable: true, properties: { avatarUrl: { type: 'string' } } }
  const [report] = await check([
    { path, schema: listOf({ id: { type: 'integer' }, user, colour: { type: 'string' } }) },
  ])
  expect(report?.unexpected).toMatchObject([
    { at: '[].colour', problem: 'missing' },
    { at: '[].id', problem: 'type' },
  ])
  expect(report?.expected).toMatchObject([{ difference: { at: '[].user.avatarUrl', problem: 'null' } }])
})

test('what cannot be filled in is not called, and a refusal is reported with its status', async () => {
  const reports = await check([
    { path: '/api/0/organizations/{organization_id_or_slug}/unheard-of/{thing}/', schema: {} },
    { path: '/api/0/organizations/{organization_id_or_slug}/unheard-of/', schema: {} },
  ])
  expect(reports).toMatchObject([
    { request: null, status: null },
    { request: expect.stringContaining('unheard-of'), status: 404 },
  ])
})
