import { AsyncLocalStorage } from 'node:async_hooks'
import type { Reuse, UpstreamCall } from '@sentry-graph/sentry-api'
import { type GraphQLResolveInfo, type GraphQLSchema, isObjectType } from 'graphql'
import { readPlan } from './call-plan.ts'
import type { GraphContext } from './context.ts'
import type { CostEstimate, EstimatedCalls } from './cost-estimate.ts'

/** Whether the plan comes with the answer, or instead of it. */
export type ExplanationMode = 'with answer' | 'only'

/** One answer of Sentry’s, and what it was for. No value of the request is in it. */
export interface ExplainedCall extends Omit<EstimatedCalls, 'count'> {
  /** An answer that cost no call was `cached` by an earlier one or `shared` with one under way. */
  source: 'call' | Reuse['kind']
  /** Null when no answer came, and for what cost no call. */
  status: number | null
  durationMs: number | null
}

/** Finds out which fields ask for which calls; for operations whose caller wants to know. */
export interface Explanation {
  readonly mode: ExplanationMode
  /** For the REST client to tell of each call and each reuse as it begins. */
  observe: (made: UpstreamCall | Reuse) => void
  /** Does the work of a field; calls that are made meanwhile are made for it. */
  within<T>(info: GraphQLResolveInfo, work: () => T): T
  /** What was asked, in that order. */
  describe(estimate: CostEstimate | null): ExplainedCall[]
}

const fieldAtWork = new AsyncLocalStorage<string>()

export function createExplanation(mode: ExplanationMode): Explanation {
  const seen: { made: UpstreamCall | Reuse; path: string | null }[] = []
  return {
    mode,
    observe: (made) => void seen.push({ made, path: fieldAtWork.getStore() ?? null }),
    within: (info, work) => fieldAtWork.run(pathOf(info), work),
    describe: (estimate) => seen.map(({ made, path }) => explain(made, path, estimate?.calls ?? [])),
  }
}

/** Lets the fields of a schema that ask Sentry tell an explanation so; without one they do their work as ever. */
export function explainFields(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const { resolve } = field
      if (!resolve || readPlan(field).asksSentry === undefined) continue
      field.resolve = (source, args, context: GraphContext, info) =>
        context.explanation === null
          ? resolve(source, args, context, info)
          : context.explanation.within(info, () => resolve(source, args, context, info))
    }
  }
  return schema
}

function pathOf({ path }: GraphQLResolveInfo): string {
  const names: string[] = []
  for (let step: GraphQLResolveInfo['path'] | undefined = path; step; step = step.prev) {
    if (typeof step.key === 'string') names.unshift(step.key)
  }
  return names.join('.')
}

function explain(made: UpstreamCall | Reuse, path: string | null, calls: readonly EstimatedCalls[]): ExplainedCall {
  const template = made.endpoint.replace(/^\/api\/0\//, '')
  const expected = findExpected(template, path, calls)
  return {
    endpoint: expected?.endpoint ?? `GET ${template}`,
    why: expected?.why ?? 'not foreseen: it followed from another call',
    fields: expected?.fields ?? (path === null ? [] : [path]),
    avoid: expected?.avoid ?? null,
    ...('kind' in made
      ? { source: made.kind, status: null, durationMs: null }
      : { source: 'call', status: made.status, durationMs: made.durationMs }),
  }
}

/** The call that was to be expected of a field, or of the first one beneath it that it asks ahead for. */
function findExpected(
  template: string,
  path: string | null,
  calls: readonly EstimatedCalls[],
): EstimatedCalls | undefined {
  const alike = calls.filter(({ endpoint }) => endpoint.slice(endpoint.indexOf(' ') + 1) === template)
  if (path === null) return alike[0]
  const isAhead = ({ fields }: EstimatedCalls) => fields.some((field) => field.startsWith(`${path}.`))
  return alike.find(({ fields }) => fields.includes(path)) ?? alike.find(isAhead)
}
