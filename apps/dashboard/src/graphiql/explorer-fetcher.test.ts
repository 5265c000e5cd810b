// @vitest-environment node
import { expect, it, vi } from 'vitest'
import { createExplorerFetcher } from './explorer-fetcher.ts'

function failingWith(code: string): object {
  return { data: null, errors: [{ message: 'no', extensions: { code } }] }
}

async function askGateway(answer: object) {
  const gateway = vi.fn<typeof fetch>(() => Promise.resolve(Response.json(answer)))
  const onUnauthenticated = vi.fn<() => void>()
  const fetcher = createExplorerFetcher(onUnauthenticated, gateway)
  return { answer: await fetcher({ query: '{ viewer { id } }' }), gateway, onUnauthenticated }
}

it('tells that an operation had no valid session, and passes the answer on', async () => {
  const { answer, onUnauthenticated } = await askGateway(failingWith('UNAUTHENTICATED'))
  expect(onUnauthenticated).toHaveBeenCalledTimes(1)
  expect(answer).toEqual(failingWith('UNAUTHENTICATED'))
})

it.each([failingWith('FORBIDDEN'), { data: { viewer: null } }, { errors: [{ message: 'Syntax Error' }] }])(
  'tells nothing of %j',
  async (answer) => {
    expect((await askGateway(answer)).onUnauthenticated).not.toHaveBeenCalled()
  },
)

it('proves to the gateway that the request was meant', async () => {
  const { gateway } = await askGateway({ data: null })
  expect(new Headers(gateway.mock.calls[0]?.[1]?.headers).get('graphql-require-preflight')).toBe('1')
})
