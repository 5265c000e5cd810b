import type { CallPlan } from '../call-plan.ts'

/** What a field costs at Sentry when it is selected: by its call plan, else by what its description says. */
export function printCalls(description: string, extensions: Readonly<Record<string, unknown>>): string {
  const plans = extensions['asksSentry'] as readonly CallPlan[] | undefined
  if (plans === undefined) return /\bcosts an?\b/i.test(description) ? 'yes' : 'none'
  return plans.map(printPlan).join('; ')
}

/** The scopes that a description names. */
export function readScopes(description: string): string[] {
  const named = [...description.matchAll(/`([a-z]+:(?:read|write|admin))`/g)].flatMap(([, scope]) => scope ?? [])
  return [...new Set(named)]
}

function printPlan({
  endpoint,
  serves,
  batchSize = 100,
  eachOrganization,
  times,
  onlyForReferences,
}: CallPlan): string {
  const served = {
    parent: '1 each',
    siblings: `1 per ${batchSize} of an organization`,
    operation: eachOrganization ? '1 per organization' : '1 per operation',
  }[serves]
  const conditions = [
    ...(times ? ['times its arguments'] : []),
    ...(onlyForReferences ? ['only where its parent is a mere reference'] : []),
  ]
  return `${[served, ...conditions].join(', ')}: \`${endpoint}\``
}
