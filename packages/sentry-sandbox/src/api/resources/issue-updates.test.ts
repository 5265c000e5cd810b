import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox.ts'
import { createApiClient, type ApiClient } from '../../testing/api-client.ts'

// The first question makes the world, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 60_000 })

const now = new Date('2026-10-01T12:00:30Z')
const scopes = ['org:read', 'project:read', 'event:read', 'event:write']
const path = 'organizations/lumen-freight/issues/'
const folder = mkdtempSync(join(tmpdir(), 'sandbox-issues-'))
const options = { port: 0, rateLimit: false as const, clock: () => now, stateFile: join(folder, 'state.sqlite') }
let sandbox: Sandbox
let mira: ApiClient
let ids: string[]

beforeAll(async () => {
  sandbox = await startSandbox(options)
  mira = createApiClient(sandbox, 'mira', scopes)
  const { body } = await mira(`${path}?project=ledger&query=is:unresolved+issue.category:error&sort=freq`)
  ids = (body as { id: string }[]).map(({ id }) => id)
})
afterEach(() => sandbox.worldClock.reset())
afterAll(async () => {
  await sandbox.close()
  rmSync(folder, { recursive: true })
})

const put = (target: string, body: unknown, client = mira) =>
  client(`${path}${target}`, {
    method: 'PUT',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  })

test.each([
  [{ status: 'resolved' }, { status: 'resolved', substatus: null }],
  [{ status: 'resolvedInNextRelease' }, { status: 'resolved', statusDetails: { inNextRelease: true } }],
  [
    { status: 'resolved', statusDetails: { inRelease: 'latest' } },
    { status: 'resolved', statusDetails: { inRelease: expect.any(String) } },
  ],
  [
    { status: 'ignored' },
    { status: 'ignored', substatus: 'archived_until_escalating', statusDetails: { ignoreUntilEscalating: true } },
  ],
  [
    { status: 'muted', substatus: 'archived_forever' },
    { status: 'ignored', substatus: 'archived_forever', statusDetails: {} },
  ],
  [{ status: 'ignored', statusDetails: { ignoreDuration: 60 } }, { substatus: 'archived_until_condition_met' }],
  [{ status: 'unresolved' }, { status: 'unresolved', substatus: 'ongoing', statusDetails: {} }],
  [{ assignedTo: 'mira@lumenfreight.example' }, { assignedTo: { type: 'user', name: 'Mira Lindqvist' } }],
  [{ assignedTo: '' }, { assignedTo: null }],
  [{ priority: 'low' }, { priority: 'low', priorityLockedAt: expect.any(String) }],
  [
    { isBookmarked: true, hasSeen: true, isSubscribed: true, isPublic: true },
    { isBookmarked: true, hasSeen: true, isSubscribed: true, isPublic: true },
  ],
  [{}, {}],
])('%j makes an issue %j, which stays', async (body, expected) => {
  const target = `${ids[0]}/`
  const changed = await put(target, body)
  expect([changed.status, changed.body]).toEqual([200, expect.objectContaining({ id: ids[0] })])
  expect(changed.body).toMatchObject(expected)
  expect((await mira(`${path}${target}`)).body).toMatchObject(expected)
})

test.each([
  [{ status: 'gone' }, { status: ['"gone" is not a valid choice.'] }],
  [{ priority: 'urgent' }, { priority: ['"urgent" is not a valid choice.'] }],
  [{ hasSeen: 'perhaps' }, { hasSeen: ['Must be a valid boolean.'] }],
  [{ assignedTo: 'user:1' }, { assignedTo: ['Unknown actor input'] }],
  [{ assignedTo: 'yuki.tanabe@lumenfreight.example' }, { detail: 'Cannot assign to non-team member' }],
  [
    { status: 'resolved', statusDetails: { inRelease: 'none@1' } },
    { statusDetails: { inRelease: ['Unable to find a release with the given version.'] } },
  ],
  [
    { status: 'ignored', statusDetails: { ignoreCount: 5, ignoreWindow: 10_081 } },
    { statusDetails: { ignoreWindow: [expect.any(String)] } },
  ],
  [[1], { non_field_errors: [expect.any(String)] }],
])('%j is refused', async (body, reason) => {
  const { status, body: answer } = await put(`${ids[0]}/`, body)
  expect([status, answer]).toEqual([400, reason])
})

test('a body that is no JSON is a 400, a missing scope a 403', async () => {
  expect((await mira(`${path}${ids[0]}/`, { method: 'PUT', body: '{' })).status).toBe(400)
  const reader = createApiClient(sandbox, 'mira', ['event:read'])
  expect((await put(`${ids[0]}/`, { status: 'resolved' }, reader)).status).toBe(403)
  expect((await reader(`${path}${ids[0]}/`)).status).toBe(200)
})

test('many at once answer only what changed; none is a 204', async () => {
  const { status, body } = await put(`?project=-1&id=${ids[1]}&id=${ids[2]}`, { status: 'resolved' })
  expect([status, body]).toEqual([200, { status: 'resolved', statusDetails: {}, substatus: null }])
  expect((await put('?project=-1&id=6999999999', { status: 'resolved' })).status).toBe(204)
})

test('merged issues answer as the one they became, which had the most events', async () => {
  const { body } = await put(`?project=-1&id=${ids[3]}&id=${ids[4]}`, { merge: 1 })
  const { parent, children } = (body as { merge: { parent: string; children: string[] } }).merge
  expect(new Set([parent, ...children])).toEqual(new Set([ids[3], ids[4]]))
  expect((await mira(`${path}${children[0]}/`)).body).toMatchObject({ id: parent })
})

test('comments are kept and counted', async () => {
  const post = (text: unknown) => mira(`${path}${ids[5]}/notes/`, { method: 'POST', body: JSON.stringify({ text }) })
  const before = (await mira(`${path}${ids[5]}/`)).body as { numComments: number }
  expect((await post('Fixed in the next build')).status).toBe(201)
  expect((await post(' ')).status).toBe(400)
  expect((await post(7)).status).toBe(400)
  expect((await mira(`${path}${ids[5]}/`)).body).toMatchObject({ numComments: before.numComments + 1 })
  expect((await mira(`${path}${ids[5]}/notes/`)).body).toContainEqual(
    expect.objectContaining({ data: { text: 'Fixed in the next build' }, type: 'note' }),
  )
})

test('what is resolved comes back when its events go on for more than a day', async () => {
  await put(`?project=-1&id=${ids.slice(6).join('&id=')}`, { status: 'resolved' })
  const readSubstatuses = async () =>
    Promise.all(
      ids.slice(6).map(async (id) => ((await mira(`${path}${id}/`)).body as { substatus: string | null }).substatus),
    )
  expect(new Set(await readSubstatuses())).toEqual(new Set([null]))
  sandbox.worldClock.advance(3 * 86_400_000)
  expect(await readSubstatuses()).toContain('regressed')
})

async function askAsMira(own: Sandbox): Promise<string> {
  const { accessToken } = own.issueTokens(own.people[0]?.id ?? '', scopes)
  const answer = await fetch(`${own.url}/api/0/${path}?project=ledger&query=`, {
    headers: { authorization: `Bearer ${accessToken}` },
  })
  return (await answer.text()).replaceAll(own.url, 'origin')
}

test('another start with the same state and clock answers byte for byte the same', async () => {
  const again = await startSandbox(options)
  expect(await askAsMira(again)).toBe(await askAsMira(sandbox))
  await again.close()
})
