import { type AttemptsEnvironment, type AttemptsOptions, createAttempts, type Target } from './attempts.ts'
import { createDeadline } from './deadline.ts'
import { forgetAnswers } from './grant-traffic.ts'
import { buildPath, buildQuery } from './request-path.ts'
import type { HttpAnswer } from './request.ts'
import { readMovedRequest, readResponse, readWritten } from './response.ts'
import { SentryApiError } from './sentry-api-error.ts'
import type { Reuse, SentryClient, SentryRequest, SentryResponse, SentryWrite } from './sentry-client.ts'
import { type CallLife, type SharedCall, startSharedCall } from './shared-call.ts'
import type { TrustedOrigins } from './trusted-origins.ts'

export interface ClientOptions extends AttemptsOptions {
  /** Aborts when nobody waits for the operation any more: its calls end as they do at the deadline. */
  signal?: AbortSignal
  /** Takes no answer that was asked for before, by whatever operation. */
  fresh?: boolean
}

export interface ClientEnvironment extends AttemptsEnvironment {
  origins: TrustedOrigins
  /** Milliseconds from the first call on. */
  timeout: number
}

/** A GET and where its answer is remembered. */
interface Question {
  request: SentryRequest
  target: Target
  key: string
}

/**
 * A GET goes through these stages: what the operation has asked already, what the grant has been answered lately, what it
 * is asking just now, and a call of its own.
 */
export function createOperationClient(environment: ClientEnvironment, options: ClientOptions): SentryClient {
  const { origins, timeout } = environment
  const { traffic, signal, fresh = false } = options
  const deadline = createDeadline(timeout, signal)
  const attempts = createAttempts(environment, options)
  const reuses: Reuse[] = []
  const asked = new Map<string, Promise<SentryResponse>>()
  const pending = new Set<Promise<SentryResponse>>()

  return { sentryUrl: origins.control, calls: attempts.calls, reuses, get, write }

  async function get(request: SentryRequest): Promise<SentryResponse> {
    const target = locate(request, origins)
    const question = { request, target, key: target.origin + target.path }
    const known = asked.get(question.key)
    if (known) {
      noteReuse(question, pending.has(known) ? 'shared' : 'cached')
      return await known
    }
    const answer = findAnswer(question)
    asked.set(question.key, answer)
    pending.add(answer)
    try {
      return await answer
    } finally {
      pending.delete(answer)
    }
  }

  async function findAnswer(question: Question): Promise<SentryResponse> {
    if (fresh) return await call(question)
    const remembered = question.request.lifetime === undefined ? null : traffic.answers.get(question.key)
    if (remembered) {
      noteReuse(question, 'cached')
      return remembered
    }
    const underWay = traffic.underWay.get(question.key)
    return underWay?.isAbandoned === false ? await join(question, underWay) : await call(question)
  }

  async function join(question: Question, underWay: SharedCall<SentryResponse>): Promise<SentryResponse> {
    try {
      const response = await underWay.join(deadline)
      noteReuse(question, 'shared')
      return response
    } catch (error) {
      // The limit of the operation that began the call is not the limit of this one.
      if (error instanceof SentryApiError && error.code === 'budget_exceeded') return await call(question)
      throw error
    }
  }

  async function call({ request, target, key }: Question): Promise<SentryResponse> {
    begin(target)
    const { underWay, answers } = traffic
    const isCurrent = () => underWay.get(key) === shared
    const shared = startSharedCall(target.endpoint, async (life) => {
      try {
        const answer = await ask(request, target, life)
        const response = readResponse(answer, target.endpoint)
        const { lifetime } = request
        if (lifetime !== undefined && isCurrent()) {
          answers.set(key, response, { size: answer.text?.length ?? 0, lifetime })
        }
        return response
      } finally {
        if (isCurrent()) underWay.delete(key)
      }
    })
    underWay.set(key, shared)
    return await shared.join(deadline)
  }

  async function ask(request: SentryRequest, target: Target, life: CallLife): Promise<HttpAnswer> {
    const answer = await attempts.persist(target, life)
    const moved = readMovedRequest(request, answer)
    if (moved === null) return answer
    // Past the remembered answers: two projects that each claim to be the other would wait for each other for ever.
    attempts.reserve(target.endpoint)
    return await attempts.persist(locate(moved, origins), life)
  }

  async function write({ method, body, ...request }: SentryWrite): Promise<SentryResponse> {
    const target = { ...locate(request, origins), method, body: body === null ? null : JSON.stringify(body) }
    begin(target)
    try {
      const answer = await startSharedCall(target.endpoint, (life) => attempts.once(target, life)).join(deadline)
      return readWritten(answer, target.endpoint)
    } finally {
      asked.clear()
      forgetAnswers(traffic)
    }
  }

  function begin({ endpoint }: Target): void {
    if (deadline.remaining() === 0) {
      throw new SentryApiError('timeout', 'The time of the operation is over.', { endpoint })
    }
    attempts.reserve(endpoint)
  }

  function noteReuse({ target: { endpoint, origin } }: Question, kind: Reuse['kind']): void {
    const reuse: Reuse = { endpoint, origin, kind }
    reuses.push(reuse)
    options.observe?.(reuse)
  }
}

function locate(request: SentryRequest, origins: TrustedOrigins): Target {
  const { endpoint, parameters = {}, query, regionUrl } = request
  const path = buildPath(endpoint, parameters) + buildQuery(query)
  const origin = origins.resolve(regionUrl)
  if (origin === null) {
    throw new SentryApiError('untrusted_origin', 'The region is not among the allowed origins.', { endpoint })
  }
  return { method: 'GET', endpoint, origin, path, body: null }
}
