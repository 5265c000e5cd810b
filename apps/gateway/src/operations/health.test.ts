import { StoreUnavailableError } from '@sentry-graph/session-store'
import { afterEach, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway

afterEach(() => gateway.close())

const probe = async (url: string) => {
  const answer = await gateway.app.inject({ url })
  return [answer.statusCode, answer.json().status]
}

test('a gateway with its store is alive and ready', async () => {
  gateway = await startGateway()
  expect(await probe('/healthz')).toEqual([200, 'ok'])
  expect(await probe('/readyz')).toEqual([200, 'ready'])
})

test('a gateway without its store is alive, not ready, and ready again by itself', async () => {
  let isAway = true
  gateway = await startGateway({}, ({ store }) => ({
    store: {
      ...store,
      ping: () => (isAway ? Promise.reject(new StoreUnavailableError({ cause: new Error('gone') })) : store.ping()),
    },
  }))
  expect(await probe('/healthz')).toEqual([200, 'ok'])
  expect(await probe('/readyz')).toEqual([503, 'store_unavailable'])
  isAway = false
  expect(await probe('/readyz')).toEqual([200, 'ready'])
})
