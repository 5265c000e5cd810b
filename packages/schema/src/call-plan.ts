import type { GraphQLField } from 'graphql'
import type { NodeKind } from './global-id.ts'

/** What one call to Sentry serves: each parent by itself, siblings of one organization together, or the whole operation. */
export type Serves = 'parent' | 'siblings' | 'operation'

type Arguments = Readonly<Record<string, unknown>>

/** How a field asks Sentry, for whoever has to know before it runs. Times and counts are upper bounds. */
export interface CallPlan {
  /** Method and path template beneath `/api/0/`, such as `GET organizations/{org}/projects/`. */
  endpoint: string
  serves: Serves
  /** The most siblings that share a call; 100 when left out. */
  batchSize?: number
  /** Calls per unit served, by the field's arguments; 1 when left out. */
  times?: (args: Arguments) => number
  /** Names the calls per unit served, instead of `times`: calls of one name are made once however often they are named. */
  calls?: (args: Arguments) => readonly string[]
  /** One call per organization of the viewer, which the field merges; of so many where the arguments tell. */
  eachOrganization?: true | ((args: Arguments) => number | null)
  /** Whether fields of one parent with this endpoint share the call whatever their arguments are. */
  ignoresArguments?: boolean
  /** The call is made only where the parent is a mere reference: what a payload names but does not carry. */
  onlyForReferences?: boolean
  /** The page that the parents came with brings the answer along for the first arguments that ask for it. */
  comesWithPage?: boolean
  /** The call is made only where of the organization no more than the id is known: beneath `node(id:)` and `nodes(ids:)`. */
  onlyForUnknownOrganizations?: boolean
}

/** Nodes of one type that a field finds by its arguments. */
export interface FoundNodes {
  kind: NodeKind
  nodes: number
  organizations: number
}

export interface PlanExtensions {
  asksSentry?: readonly CallPlan[]
  givesReference?: boolean
  carries?: readonly string[]
  givesAtMost?: number
  findsByIds?: (args: Arguments) => readonly FoundNodes[]
}

/** The `extensions` of a field that asks Sentry. A field without is free: its parent carries the value. */
export function asksSentry(...plans: readonly CallPlan[]): { asksSentry: readonly CallPlan[] } {
  return { asksSentry: plans }
}

/** The `extensions` of a field that gives a mere reference to a node, of which a payload names only id and name. */
export const givesReference = { givesReference: true } as const

/** The `extensions` of a field whose node carries fields that others of its type ask for. */
export function carries(...fields: readonly string[]): { carries: readonly string[] } {
  return { carries: fields }
}

/** The `extensions` of a plain list of which more than ten items, the assumption, or fewer are to be expected. */
export function givesAtMost(items: number): { givesAtMost: number } {
  return { givesAtMost: items }
}

/** The `extensions` of a field that finds nodes by ids among its arguments: nothing but the id of their organization is known. */
export function findsByIds(find: (args: Arguments) => readonly FoundNodes[]) {
  return { findsByIds: find }
}

/** What a field declares of the above. */
export function readPlan({ extensions }: Pick<GraphQLField<unknown, unknown>, 'extensions'>): PlanExtensions {
  return extensions
}
