import { Readable } from 'node:stream'
import {
  createGrantTraffic,
  createSentryApi,
  type GrantTraffic,
  type SentryApi,
  type SentryApiOptions,
} from '@sentry-graph/sentry-api'
import { type RecordedRequest, type Sandbox, type SandboxOptions, startSandbox } from '@sentry-graph/sentry-sandbox'
import { type ExecutionResult, graphql, GraphQLError, parse, subscribe, validate } from 'graphql'
import { refuseCostly } from '../src/admission.ts'
import { createGraphContext, type GraphContext, type Viewer } from '../src/context.ts'
import type { CostEstimate } from '../src/cost-estimate.ts'
import { createCostEstimator } from '../src/cost-estimator.ts'
import { describeCost, type OperationCost } from '../src/cost.ts'
import { createIssueFeeds, type IssueFeeds } from '../src/live/issue-feeds.ts'
import { createOrganizationCount, type OrganizationCount } from '../src/organization-count.ts'
import { presentError } from '../src/present-error.ts'
import { schema } from '../src/schema.ts'
import type { SessionActions } from '../src/session-actions.ts'

export interface Answer {
  // Answers have the shape of their document, which tests know better than the compiler.
  // oxlint-disable-next-line typescript/no-explicit-any
  data: any
  errors: GraphQLError[]
  /** What Sentry was asked meanwhile. */
  requests: RecordedRequest[]
  cost: OperationCost
}

export interface Asker {
  ask(document: string, variables?: Record<string, unknown>): Promise<Answer>
}

/** One who can also be told what happens. */
export interface Subscriber extends Asker {
  /** The events as callers see them; what a subscription that does not begin answers is the only one. */
  subscribe(document: string): Promise<AsyncIterator<Pick<Answer, 'data' | 'errors'>>>
}

type PersonName = 'mira' | 'noor' | 'sam' | 'astrid'

export interface SignInOptions {
  scopes?: string[]
  budget?: number
  timeout?: number
  /** Aborts when the operations are to end as they do when their time is over. */
  signal?: AbortSignal
  /** Milliseconds of the clock by which hosts of Sentry are taken for dead. */
  now?: () => number
  /** Whether each operation asks Sentry itself, whatever earlier ones were answered; true unless given. */
  fresh?: boolean
  /** Of the viewer, as the gateway remembers it from earlier operations. */
  organizationCount?: OrganizationCount
  /** What is otherwise than with a browser's session, such as what it is narrowed to. */
  session?: Partial<Viewer['session']>
  /** What may be done to sessions; nothing unless given. */
  sessions?: SessionActions
  feeds?: IssueFeeds
  /** Called for each look of a feed, before its client is opened. */
  checkSession?: () => void
}

// Bodies have the shape of their endpoint, which tests know better than the compiler.
// oxlint-disable-next-line typescript/no-explicit-any
export type WireBody = any

/** The graph over a sandbox of its own. */
export interface Graph {
  sandbox: Sandbox
  signIn(name: PersonName, options?: SignInOptions): Subscriber
  signedOut: Asker
  /** What Sentry itself answers a person, past the client: the path begins beneath `/api/0/`. */
  wire(name: PersonName, path: string): Promise<WireBody>
  close(): Promise<void>
}

const allReads = ['org:read', 'project:read', 'team:read', 'member:read', 'event:read']

const generousLimit = { limit: 10_000, window: 60, concurrency: 1000 }

// The sandbox's world lives: another day would have other events.
const standstill = new Date('2026-11-24T10:00:00Z')

/** Some endpoints have limits of their own, which hold unless `rateLimit` is false. */
export async function startGraph({
  rateLimit = generousLimit,
}: Pick<SandboxOptions, 'rateLimit'> = {}): Promise<Graph> {
  const sandbox = await startSandbox({ port: 0, rateLimit, clock: () => standstill })
  const opened: SentryApi[] = []
  return {
    sandbox,
    wire: (name, path) => askSandbox(sandbox, name, path),
    signedOut: { ask: (document, variables) => run(sandbox, document, variables, null) },
    signIn(name, options = {}) {
      const {
        scopes = allReads,
        budget = 30,
        // Against hanging; how fast an answer comes on a busy machine proves nothing.
        timeout = 45_000,
        signal = new AbortController().signal,
        now = () => performance.now(),
        fresh = true,
        organizationCount = createOrganizationCount(),
        session = {},
        sessions = null,
        feeds = createIssueFeeds(),
        checkSession = () => undefined,
      } = options
      const api = openSentryApi(sandbox, { timeout, now })
      opened.push(api)
      const traffic = createGrantTraffic()
      const { viewer, accessToken } = createViewer(sandbox, name, scopes)
      Object.assign(viewer.session, session)
      const asking = { viewer, accessToken, api, traffic, budget, signal, fresh, organizationCount, sessions }
      const signedIn = { ...asking, feeds, checkSession }
      return {
        ask: (document, variables) => run(sandbox, document, variables, signedIn),
        subscribe: (document) => runSubscription(sandbox, document, signedIn),
      }
    },
    async close() {
      await Promise.all(opened.map((api) => api.close()))
      await sandbox.close()
    },
  }
}

async function askSandbox(sandbox: Sandbox, name: PersonName, path: string): Promise<unknown> {
  const { accessToken } = createViewer(sandbox, name, allReads)
  const response = await fetch(`${sandbox.url}/api/0/${path}`, { headers: { authorization: `Bearer ${accessToken}` } })
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}`)
  return await response.json()
}

function openSentryApi({ url, regions }: Sandbox, timing: Pick<SentryApiOptions, 'timeout' | 'now'>): SentryApi {
  const allowedOrigins = regions.map((region) => region.url)
  return createSentryApi({ sentryUrl: url, allowedOrigins, ...timing, userAgent: 'sentry-graph-test' })
}

interface SignedIn {
  viewer: Viewer
  accessToken: string
  api: SentryApi
  traffic: GrantTraffic
  budget: number
  signal: AbortSignal
  fresh: boolean
  organizationCount: OrganizationCount
  sessions: SessionActions | null
  feeds: IssueFeeds
  checkSession: () => void
}

async function run(
  sandbox: Sandbox,
  source: string,
  variableValues: Record<string, unknown> = {},
  signedIn: SignedIn | null,
): Promise<Answer> {
  const before = sandbox.requests.length
  const contextValue = contextOf(sandbox, signedIn)
  const { result, estimate } = await answer(source, variableValues, contextValue)
  const { data, errors = [] } = result
  return {
    data,
    errors: errors.map((error) => presentError(error, 'correlation')),
    requests: sandbox.requests.slice(before),
    cost: describeCost(contextValue, estimate),
  }
}

async function runSubscription(
  sandbox: Sandbox,
  source: string,
  signedIn: SignedIn,
): Promise<AsyncIterator<Pick<Answer, 'data' | 'errors'>>> {
  const contextValue = contextOf(sandbox, signedIn)
  const begun = await subscribe({ schema, document: parse(source), contextValue })
  const stream = Symbol.asyncIterator in begun ? begun : Readable.from([begun]).iterator()
  return {
    async next() {
      const { done, value } = await stream.next()
      return done === true ? { done, value } : { done: false, value: present(value as ExecutionResult) }
    },
    async return() {
      await stream.return?.(undefined)
      return { done: true, value: undefined }
    },
  }
}

function present({ data, errors = [] }: ExecutionResult): Pick<Answer, 'data' | 'errors'> {
  return { data, errors: errors.map((error) => presentError(error, 'correlation')) }
}

function contextOf(sandbox: Sandbox, signedIn: SignedIn | null): GraphContext {
  return createGraphContext({
    viewer: signedIn?.viewer ?? null,
    sentry: signedIn && createClient(signedIn),
    rateLimits: signedIn?.traffic.rateLimits ?? null,
    organizationCount: signedIn?.organizationCount ?? null,
    sessions: signedIn?.sessions ?? null,
    explanation: null,
    live: signedIn && {
      feeds: signedIn.feeds,
      viewer: JSON.stringify([signedIn.viewer.user.sentryId, signedIn.viewer.session.organizations]),
      gone: new AbortController().signal,
      async openClient() {
        signedIn.checkSession()
        return createClient(signedIn)
      },
    },
    gateway: {
      version: '0.1.0',
      sentryUrl: sandbox.url,
      isSelfHosted: false,
      isSandbox: true,
      requestedScopes: allReads,
      deprecations: () => signedIn?.api.deprecations() ?? [],
    },
    correlationId: 'correlation',
    budget: signedIn?.budget ?? 30,
  })
}

const estimateCost = createCostEstimator(schema)

/** Answers an operation as the gateway does. */
async function answer(
  source: string,
  variableValues: Record<string, unknown>,
  contextValue: GraphContext,
): Promise<{ result: ExecutionResult; estimate: CostEstimate | null }> {
  const estimate = isValid(source) ? estimateFor(source, variableValues, contextValue) : null
  const refusal = estimate && contextValue.sentry && refuseCostly(estimate, contextValue.budget)
  if (refusal) {
    return { result: { errors: [new GraphQLError(refusal.message, { originalError: refusal })] }, estimate }
  }
  return { result: await graphql({ schema, source, variableValues, contextValue }), estimate }
}

function isValid(source: string): boolean {
  try {
    return validate(schema, parse(source)).length === 0
  } catch (error) {
    if (error instanceof GraphQLError) return false
    throw error
  }
}

function estimateFor(source: string, variables: Record<string, unknown>, { organizationCount }: GraphContext) {
  const document = parse(source)
  return estimateCost({
    document,
    operationName: null,
    variables,
    knownOrganizations: organizationCount?.known ?? null,
  })
}

function createClient({ api, accessToken, traffic, budget, signal, fresh }: SignedIn) {
  const accessTokens = {
    current: () => Promise.resolve(accessToken),
    replace: () => Promise.reject(new Error('The test has no other access token.')),
  }
  return api.createClient({ accessTokens, traffic, maxCalls: budget, signal, fresh })
}

function createViewer(sandbox: Sandbox, name: string, scopes: string[]): { viewer: Viewer; accessToken: string } {
  const person = sandbox.people.find(({ email }) => email.startsWith(name))
  if (!person) throw new Error(`The sandbox knows nobody called ${name}`)
  const { accessToken } = sandbox.issueTokens(person.id, scopes)
  const now = new Date('2026-01-01T00:00:00Z')
  return {
    accessToken,
    viewer: {
      user: { ...person, id: 'user-1', sentryHost: sandbox.url, sentryId: person.id, avatarUrl: null },
      session: {
        id: 'session-1',
        kind: 'browser',
        name: null,
        createdAt: now,
        lastUsedAt: now,
        expiresAt: now,
        tokenExpiresAt: null,
        scopes,
        userAgent: null,
        addressFamily: null,
        newAgent: null,
        readOnly: false,
        organizations: null,
        boundOrganization: null,
      },
    },
  }
}
