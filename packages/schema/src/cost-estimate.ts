import type { getArgumentValues } from 'graphql'
import type { CallPlan } from './call-plan.ts'
import { DEFAULT_FIRST, LARGEST_FIRST } from './connection.ts'
import type { PlannedField } from './planned-operation.ts'

/** What an operation will ask of Sentry, found out before it runs. */
export interface CostEstimate {
  /** Calls; retries, second pages of short lists and former slugs come on top. */
  upstreamCalls: number
  /** Items that its connections may hold, and nodes that it asks for by id. */
  nodes: number
  /** The calls in the order of the document. */
  calls: readonly EstimatedCalls[]
}

/** Calls that are made for the same reason. */
export interface EstimatedCalls {
  /** Method and path template beneath `/api/0/`. */
  endpoint: string
  count: number
  /** In words: what there is one call for. */
  why: string
  /** The response paths they serve, without indices. */
  fields: readonly string[]
  /** In words: which selection would do without them. */
  avoid: string | null
}

const USUAL_BATCH = 100

/** Nodes that an operation meets at one place of the answer. */
interface Population {
  /** Equal for the same nodes met again, and for siblings that a field finds together. */
  key: string
  /** Tells siblings found together apart. */
  member: string
  nodes: number
  organizations: number
  /** Which organizations these are. */
  among: string
  /** Of a connection: what its items are. */
  items: number
  isReference: boolean
  /** Whether a page brought them. */
  isPaged: boolean
  carries: readonly string[]
  knowsOrganization: boolean
}

const start: Population = {
  key: '',
  member: '',
  nodes: 1,
  organizations: 1,
  among: '',
  items: 0,
  isReference: false,
  isPaged: false,
  carries: [],
  knowsOrganization: true,
}

/** Calls of one plan, with the nodes of each member of the population that need them. */
interface Demand {
  plan: CallPlan
  /** Calls per unit served. */
  times: number
  /** How many organizations are merged; null where none are. */
  merged: number | null
  members: Map<string, Population>
  fields: Set<string>
}

type VariableValues = NonNullable<Parameters<typeof getArgumentValues>[2]>

interface Estimation {
  variables: VariableValues
  organizations: number
  demands: Map<string, Demand>
  /** By response path. */
  nodes: Map<string, number>
  /** By parents and field: the arguments whose answer came with the parents' page. */
  broughtAlong: Map<string, string>
}

/** Estimates from the fields that matter to the cost of an operation of a viewer with so many organizations. */
export function estimateOperation(
  fields: readonly PlannedField[],
  variables: VariableValues,
  organizations: number,
): CostEstimate {
  const estimation: Estimation = {
    variables,
    organizations,
    demands: new Map(),
    nodes: new Map(),
    broughtAlong: new Map(),
  }
  estimateFields(estimation, fields, start)
  const calls = [...estimation.demands.values()].map((demand) => describeDemand(demand))
  return {
    upstreamCalls: calls.reduce((sum, { count }) => sum + count, 0),
    nodes: [...estimation.nodes.values()].reduce((sum, nodes) => sum + nodes, 0),
    calls: calls.filter(({ count }) => count > 0),
  }
}

function estimateFields(estimation: Estimation, fields: readonly PlannedField[], parent: Population): void {
  for (const field of fields) {
    const args = field.isIncluded(estimation.variables) ? field.readArguments(estimation.variables) : null
    if (args === null || parent.nodes === 0) continue
    for (const plan of field.plans) {
      if (isNeeded(estimation, plan, field, parent)) note(estimation, { plan, field, args, parent })
    }
    for (const { type, population } of populationsOf(estimation, field, args, parent)) {
      const selected = field.types.get(type)
      if (selected) estimateFields(estimation, selected, population)
    }
  }
}

function isNeeded({ broughtAlong }: Estimation, plan: CallPlan, field: PlannedField, parent: Population): boolean {
  const { onlyForReferences, onlyForUnknownOrganizations } = plan
  if (parent.carries.includes(field.name)) return false
  if (plan.comesWithPage === true && parent.isPaged) {
    const place = `${parent.key}|${parent.member}|${field.name}`
    const first = broughtAlong.get(place) ?? field.key
    broughtAlong.set(place, first)
    return first !== field.key
  }
  if (onlyForReferences !== true && onlyForUnknownOrganizations !== true) return true
  if (onlyForReferences === true && parent.isReference) return true
  return onlyForUnknownOrganizations === true && !parent.knowsOrganization
}

interface Asking {
  plan: CallPlan
  field: PlannedField
  args: Record<string, unknown>
  parent: Population
}

function note({ demands, organizations }: Estimation, { plan, field, args, parent }: Asking): void {
  const names = plan.calls?.(args) ?? ['']
  for (const name of names) {
    const key = [
      plan.serves === 'operation' ? '' : parent.key,
      plan.serves === 'parent' ? parent.member : '',
      plan.endpoint,
      plan.ignoresArguments === true || plan.serves === 'operation' || plan.calls ? '' : field.key,
      name,
    ].join('|')
    const demand = demands.get(key) ?? {
      plan,
      times: 0,
      merged: countMerged(plan, args, organizations),
      members: new Map(),
      fields: new Set(),
    }
    demand.times = Math.max(demand.times, plan.times?.(args) ?? 1)
    demand.members.set(parent.member, parent)
    demand.fields.add(field.path)
    demands.set(key, demand)
  }
}

function countMerged({ eachOrganization }: CallPlan, args: Record<string, unknown>, all: number): number | null {
  if (eachOrganization === undefined) return null
  return (eachOrganization === true ? null : eachOrganization(args)) ?? all
}

function describeDemand({ plan, times, merged, members, fields }: Demand): EstimatedCalls {
  const populations = [...members.values()]
  const nodes = populations.reduce((sum, population) => sum + population.nodes, 0)
  const among = new Map(populations.map((population) => [population.among, population.organizations]))
  const organizations = [...among.values()].reduce((sum, count) => sum + count, 0)
  const units = unitsOf(plan, { nodes, organizations, merged })
  return {
    endpoint: plan.endpoint,
    count: units.count * times,
    why: units.why,
    fields: [...fields],
    avoid: describeAvoidance(plan, [...fields], nodes),
  }
}

function describeAvoidance({ serves, onlyForReferences }: CallPlan, fields: readonly string[], nodes: number): string {
  const without = `Leave out ${fields.join(' and ')}`
  if (onlyForReferences === true) return `${without}: the other fields come along.`
  return serves === 'parent' && nodes > 1 ? `${without}, or ask for fewer parents with \`first\`.` : `${without}.`
}

function unitsOf(
  { serves, batchSize = USUAL_BATCH }: CallPlan,
  { nodes, organizations, merged }: { nodes: number; organizations: number; merged: number | null },
): { count: number; why: string } {
  if (merged !== null) return { count: nodes * merged, why: `one for each of ${merged} organizations` }
  if (serves === 'operation') return { count: 1, why: 'one for the whole operation' }
  if (serves === 'parent') return { count: nodes, why: nodes === 1 ? 'one' : `one for each of ${nodes} parents` }
  const spread = Math.max(1, Math.min(nodes, organizations))
  const perOrganization = Math.ceil(nodes / spread / batchSize)
  const siblings = `${nodes} siblings of ${spread} ${spread === 1 ? 'organization' : 'organizations'}`
  return { count: spread * perOrganization, why: `one per organization and ${batchSize} of ${siblings}` }
}

/** The nodes that a field gives, by the name of their type. */
function populationsOf(
  estimation: Estimation,
  field: PlannedField,
  args: Record<string, unknown>,
  parent: Population,
): { type: string; population: Population }[] {
  if (field.findsByIds) return foundPopulations(estimation, field, field.findsByIds(args), parent)
  const population = populationOf(estimation, field, args, parent)
  return [...field.types.keys()].map((type) => ({ type, population }))
}

function populationOf(
  { nodes: counted, organizations }: Estimation,
  field: PlannedField,
  args: Record<string, unknown>,
  parent: Population,
): Population {
  if (field.amount === 'item') return parent
  if (field.amount === 'items')
    return { ...parent, key: `${parent.key}[]`, nodes: parent.items, items: 0, isPaged: true }
  const sharesCall = field.plans.some(
    ({ serves, ignoresArguments }) => serves === 'siblings' && ignoresArguments === true,
  )
  const given = {
    ...parent,
    key: `${parent.key}/${sharesCall ? `${field.name}*` : field.key}`,
    member: sharesCall ? `${parent.member}/${field.key}` : parent.member,
    isReference: field.givesReference,
    isPaged: false,
    carries: field.carries,
  }
  if (field.amount === 'list') return { ...given, nodes: parent.nodes * field.givesAtMost }
  if (field.amount === 'one') return given
  const isOfOrganizations = field.gives === 'OrganizationConnection'
  const size = isOfOrganizations ? Math.min(readFirst(args), organizations) : readFirst(args)
  const items = parent.nodes * size
  counted.set(field.path, items)
  const merged = field.plans.map((plan) => countMerged(plan, args, organizations)).find((count) => count !== null)
  const spread = isOfOrganizations ? items : Math.min(items, merged ?? parent.organizations)
  return { ...given, items, organizations: spread }
}

function readFirst({ first }: Record<string, unknown>): number {
  return typeof first === 'number' ? Math.min(Math.max(first, 0), LARGEST_FIRST) : DEFAULT_FIRST
}

function foundPopulations(
  { nodes: counted }: Estimation,
  field: PlannedField,
  found: ReturnType<NonNullable<PlannedField['findsByIds']>>,
  parent: Population,
) {
  counted.set(
    field.path,
    found.reduce((sum, { nodes }) => sum + nodes, 0),
  )
  return found.map(({ kind, nodes, organizations }) => ({
    type: kind,
    population: {
      ...parent,
      key: `${kind} by id`,
      member: `${parent.member}/${field.key}`,
      nodes,
      organizations,
      among: field.key,
      knowsOrganization: kind === 'Organization',
    },
  }))
}
