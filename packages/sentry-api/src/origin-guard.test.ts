import { describe, expect, test } from 'vitest'
import { createOriginGuards, type OriginGuard } from './origin-guard.ts'
import type { HttpAnswer } from './request.ts'
import { ConnectionError, SentryApiError } from './sentry-api-error.ts'

const [issues, teams, projects] = ['/api/0/issues/', '/api/0/teams/', '/api/0/projects/']
const { signal } = new AbortController()
const refused = {
  code: 'unavailable',
  status: null,
  isUnsent: true,
  message: 'This host of Sentry has not answered for a while.',
}

const answer = (status: number) => async (): Promise<HttpAnswer> => ({
  status,
  header: () => null,
  text: '',
  fault: null,
})
const timeout = () => Promise.reject(new SentryApiError('timeout', 'x', { endpoint: issues }))
const never = () => new Promise<HttpAnswer>(() => undefined)
const reset = () => Promise.reject(new ConnectionError('/x/', { cause: new Error('reset'), isUnsent: false }))

/** The guard of an origin, the time of which stands still unless a call takes some. */
function createGuard() {
  let time = 0
  const guard = createOriginGuards(5000, () => time)('https://sentry.io')
  const pass = (milliseconds: number) => void (time += milliseconds)
  /** A call that takes so many milliseconds. */
  const ask = (endpoint: string, exchange: () => Promise<HttpAnswer>, duration = 0) =>
    guard.run(
      endpoint,
      () => {
        pass(duration)
        return exchange()
      },
      signal,
    )
  return { guard, pass, ask }
}

type Ask = ReturnType<typeof createGuard>['ask']

async function kill(ask: Ask, endpoint: string): Promise<void> {
  for (let call = 0; call < 10; call += 1) await ask(endpoint, answer(503), 400)
}

/** How many of so many calls that never end have begun. */
function hang(guard: OriginGuard, calls: number): number {
  let begun = 0
  const exchange = () => {
    begun += 1
    return never()
  }
  for (let call = 0; call < calls; call += 1) void Promise.allSettled([guard.run(issues, exchange, signal)])
  return begun
}

describe('an endpoint that is dead', () => {
  test('is refused at once, without a call, while others at its host are asked', async () => {
    const { ask } = createGuard()
    await kill(ask, issues)
    await expect(ask(issues, answer(200))).rejects.toMatchObject(refused)
    await expect(ask(teams, answer(200))).resolves.toMatchObject({ status: 200 })
  })

  test('comes back with the first probe that succeeds, and is asked one at a time until then', async () => {
    const { ask, pass } = createGuard()
    await kill(ask, issues)
    pass(5000)
    await ask(issues, answer(503))
    await expect(ask(issues, answer(200))).rejects.toMatchObject(refused)
    pass(5000)
    await ask(issues, answer(200))
    await expect(ask(issues, answer(200))).resolves.toMatchObject({ status: 200 })
  })
})

describe('a host', () => {
  test('of which two endpoints are dead is refused as a whole', async () => {
    const { ask } = createGuard()
    await kill(ask, issues)
    await kill(ask, teams)
    await expect(ask(projects, answer(200))).rejects.toMatchObject(refused)
  })

  test('is asked again after a while by whatever comes first', async () => {
    const { ask, pass } = createGuard()
    await kill(ask, issues)
    await kill(ask, teams)
    pass(5000)
    await ask(projects, answer(200))
    await expect(ask(projects, answer(200))).resolves.toMatchObject({ status: 200 })
  })
})

describe('what counts as a failure', () => {
  test.each<[name: string, exchange: () => Promise<HttpAnswer>, duration: number, isOpened: boolean]>([
    ['502', answer(502), 400, true],
    ['503', answer(503), 400, true],
    ['504', answer(504), 400, true],
    ['a connection that breaks', reset, 400, true],
    ['silence for half of the time of an operation', timeout, 5000, true],
    ['somebody who goes away early', timeout, 4999, false],
    ['400', answer(400), 400, false],
    ['401', answer(401), 400, false],
    ['403', answer(403), 400, false],
    ['404', answer(404), 400, false],
    ['429', answer(429), 400, false],
    ['500: somebody is there', answer(500), 400, false],
    ['what goes wrong here', () => Promise.reject(new TypeError('x')), 400, false],
  ])('%s', async (_, exchange, duration, isOpened) => {
    const { ask } = createGuard()
    for (let call = 0; call < 20; call += 1) await Promise.allSettled([ask(issues, exchange, duration)])
    const next = await ask(issues, answer(200)).then(
      ({ status }) => status,
      ({ message }: Error) => message,
    )
    expect(next).toBe(isOpened ? refused.message : 200)
  })
})

describe('an endpoint that hangs', () => {
  test('gets half of the connections, so that the others are answered', async () => {
    const { guard, ask } = createGuard()
    expect(hang(guard, 200)).toBe(64)
    await expect(ask(teams, answer(200))).resolves.toMatchObject({ status: 200 })
  })

  test('has so many wait, and turns away more', async () => {
    const { guard, ask } = createGuard()
    hang(guard, 64 + 1000)
    await expect(ask(issues, answer(200))).rejects.toMatchObject({ code: 'unavailable' })
  })

  test('lets those who wait give up', async () => {
    const { guard } = createGuard()
    hang(guard, 64)
    const waiting = guard.run(
      issues,
      answer(200),
      AbortSignal.abort(new SentryApiError('timeout', 'x', { endpoint: issues })),
    )
    await expect(waiting).rejects.toMatchObject({ code: 'timeout' })
  })
})
