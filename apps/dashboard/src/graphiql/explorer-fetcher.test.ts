// @vitest-environment node
import { type ExecutionResult, parse } from 'graphql'
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

const watch = 'subscription { issueChanges(organizationSlug: "acme") { changes { kind } } }'

function subscribe(answer: Response) {
  const gateway = vi.fn<typeof fetch>(() => Promise.resolve(answer))
  const onUnauthenticated = vi.fn<() => void>()
  const fetcher = createExplorerFetcher(onUnauthenticated, gateway)
  const answers = fetcher({ query: watch }, { documentAST: parse(watch) }) as Promise<AsyncIterable<ExecutionResult>>
  return { answers, gateway, onUnauthenticated }
}

function eventStream(body: ReadableStream<Uint8Array<ArrayBuffer>>): Response {
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

/** The same text in parts that end anywhere. */
function parts(...texts: string[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      for (const text of texts) controller.enqueue(encoder.encode(text))
      controller.close()
    },
  })
}

async function collect(answers: AsyncIterable<ExecutionResult>): Promise<ExecutionResult[]> {
  const collected = []
  for await (const answer of answers) collected.push(answer)
  return collected
}

it('gives each event of a subscription, however the stream is cut, and ends with it', async () => {
  const first = 'event: next\ndata: {"data":{"issueChanges":1}}\n\n'
  const second = 'event: next\ndata: {"data":{"issueChanges":2}}\n\n'
  const { answers, gateway } = subscribe(
    eventStream(parts(':\n\n', first.slice(0, 20), first.slice(20) + second, 'event: complete\ndata:\n\n')),
  )
  expect(await collect(await answers)).toEqual([{ data: { issueChanges: 1 } }, { data: { issueChanges: 2 } }])
  const headers = new Headers(gateway.mock.calls[0]?.[1]?.headers)
  expect(headers.get('accept')).toContain('text/event-stream')
  expect(headers.get('graphql-require-preflight')).toBe('1')
})

it('gives the refusal of a subscription, and tells that its session has ended', async () => {
  const { answers, onUnauthenticated } = subscribe(Response.json(failingWith('UNAUTHENTICATED')))
  expect(await collect(await answers)).toEqual([failingWith('UNAUTHENTICATED')])
  expect(onUnauthenticated).toHaveBeenCalledTimes(1)
})

it('ends the request of a subscription that is stopped while it waits', async () => {
  const silent = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>()
  const { answers, gateway } = subscribe(eventStream(silent.readable))
  const iterator = (await answers)[Symbol.asyncIterator]()
  const waiting = iterator.next()
  await vi.waitFor(() => expect(gateway).toHaveBeenCalledTimes(1))
  const signal = gateway.mock.calls[0]?.[1]?.signal
  // What a browser does with the body of an aborted request.
  signal?.addEventListener('abort', () => void silent.writable.abort(signal.reason))
  await iterator.return?.()
  expect(signal?.aborted).toBe(true)
  expect(await waiting).toEqual({ done: true, value: undefined })
})
