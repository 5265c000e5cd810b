/** What one call to Sentry serves: each parent by itself, siblings of one organization together, or the whole operation. */
export type Serves = 'parent' | 'siblings' | 'operation'

/** How a field asks Sentry, for whoever has to know before it runs. Times and counts are upper bounds. */
export interface CallPlan {
  /** Method and path template beneath `/api/0/`, such as `GET organizations/{org}/projects/`. */
  endpoint: string
  serves: Serves
  /** The most siblings that share a call; 100 when left out. */
  batchSize?: number
  /** Calls per unit served, by the field's arguments; 1 when left out. */
  times?: (args: Readonly<Record<string, unknown>>) => number
  /** One call per organization of the viewer: the field merges them. */
  eachOrganization?: boolean
  /** Whether fields of one parent with this endpoint share the call whatever their arguments are. */
  ignoresArguments?: boolean
  /** The call is made only where the parent is a mere reference: what a payload names but does not carry. */
  onlyForReferences?: boolean
}

/** The `extensions` of a field that asks Sentry. A field without is free: its parent carries the value. */
export function asksSentry(...plans: readonly CallPlan[]): { asksSentry: readonly CallPlan[] } {
  return { asksSentry: plans }
}

/** The `extensions` of a field that gives a mere reference to a node, of which a payload names only id and name. */
export const givesReference = { givesReference: true } as const
