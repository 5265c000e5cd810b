import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  buildASTSchema,
  type GraphQLSchema,
  Kind,
  parse,
  visit,
} from 'graphql'

/** What clients were told to rely on: a contract, and the day from which on it holds. */
export interface ContractPromise {
  document: DocumentNode
  /** ISO 8601, without time. */
  since: string
}

const DAY = 86_400_000

/** How long a deprecated element stays at least. */
export const NOTICE_DAYS = 90

/** Reads what `writePromise` wrote. @throws Error when the first line does not say since when it holds. */
export function readPromise(text: string): ContractPromise {
  const since = /^# Promised since (\d{4}-\d\d-\d\d)\b/.exec(text)?.[1]
  if (since === undefined) throw new Error('The promised contract begins with "# Promised since YYYY-MM-DD".')
  return { document: parse(text), since }
}

export function writePromise(sdl: string, since: string): string {
  return `# Promised since ${since}: what docs/decisions/0019-a-contract-with-notice.md keeps from breaking.\n\n${sdl}`
}

/** What of a promise still holds on a day: all but what was deprecated in it and has had its time. */
export function standingSchema({ document }: ContractPromise, today: string): GraphQLSchema {
  const unlessEnded = (node: { directives?: readonly ConstDirectiveNode[] | undefined }) =>
    hasEnded(node.directives, today) ? null : undefined
  const standing = visit(document, {
    FieldDefinition: unlessEnded,
    InputValueDefinition: unlessEnded,
    EnumValueDefinition: unlessEnded,
  })
  // Types cannot be deprecated: one goes with the last element that leads to it.
  const before = reachableTypes(document)
  const after = reachableTypes(standing)
  const definitions = standing.definitions.filter((it) => after.has(nameOf(it)) || !before.has(nameOf(it)))
  return buildASTSchema({ ...standing, definitions }, { assumeValid: true })
}

/** The last day of a deprecated element that keeps to the form; null for others. */
export function readRemovalDate(reason: string | null | undefined): string | null {
  return /Removed after (\d{4}-\d\d-\d\d)\./.exec(reason ?? '')?.[1] ?? null
}

/** The first removal date that gives notice enough from a day on. */
export function earliestRemoval(from: string): string {
  return new Date(Date.parse(from) + NOTICE_DAYS * DAY).toISOString().slice(0, 10)
}

function hasEnded(directives: readonly ConstDirectiveNode[] | undefined, today: string): boolean {
  const deprecated = directives?.find(({ name }) => name.value === 'deprecated')
  const reason = deprecated?.arguments?.find(({ name }) => name.value === 'reason')?.value
  const removal = reason?.kind === Kind.STRING ? readRemovalDate(reason.value) : null
  return removal !== null && removal < today
}

function reachableTypes({ definitions }: DocumentNode): Set<string> {
  const named = new Map(definitions.map((definition) => [nameOf(definition), typesNamedBy(definition)]))
  const reached = new Set<string>()
  const reach = (name: string) => {
    if (reached.has(name)) return
    reached.add(name)
    for (const next of named.get(name) ?? []) reach(next)
    for (const implementer of definitions.filter((definition) => implementsType(definition, name))) {
      reach(nameOf(implementer))
    }
  }
  for (const root of ['schema', 'Query', 'Mutation', 'Subscription'].filter((name) => named.has(name))) reach(root)
  return reached
}

function implementsType(definition: DefinitionNode, name: string): boolean {
  const isObject = definition.kind === Kind.OBJECT_TYPE_DEFINITION
  return isObject && (definition.interfaces ?? []).some((implemented) => implemented.name.value === name)
}

const nameOf = (definition: DefinitionNode) => ('name' in definition ? (definition.name?.value ?? '') : 'schema')

function typesNamedBy(definition: DefinitionNode): string[] {
  const names: string[] = []
  visit(definition, { NamedType: ({ name }) => void names.push(name.value) })
  return names
}
