import {
  astFromValue,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  getOperationAST,
  GraphQLError,
  type GraphQLArgument,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type OperationDefinitionNode,
  print,
  type SelectionSetNode,
  type ValueNode,
  visit,
} from 'graphql'
import { type CallPlan, type FoundNodes, readPlan } from './call-plan.ts'
import { appliesTo } from './selection.ts'

type Variables = NonNullable<Parameters<typeof getArgumentValues>[2]>
type Arguments = Record<string, unknown>

/** What stands for how many things a field gives per parent. */
export type Amount = 'one' | 'list' | 'connection' | 'items' | 'item'

/** A mention of a field that matters to what an operation costs: it asks Sentry, or leads to one that does. */
export interface PlannedField {
  /** Where its answer stands, without indices: `viewer.organizations.nodes`. */
  path: string
  /** Equal for mentions that ask the same of a parent: type, field and arguments, as they are written. */
  key: string
  name: string
  plans: readonly CallPlan[]
  amount: Amount
  /** The items of a plain list. */
  givesAtMost: number
  givesReference: boolean
  /** Fields of its nodes that are free although others of their type ask for them. */
  carries: readonly string[]
  /** The type it gives, without list and non-null. */
  gives: string
  findsByIds: ((args: Arguments) => readonly FoundNodes[]) | null
  /** Null for arguments that the field will not accept: it fails without asking. */
  readArguments: (variables: Variables) => Arguments | null
  isIncluded: (variables: Variables) => boolean
  /** What is selected of each type that it may give. */
  types: ReadonlyMap<string, readonly PlannedField[]>
}

/** A document's operation as far as its cost is concerned: all that can be known without its variables. */
export interface PlannedOperation {
  definition: OperationDefinitionNode
  fields: readonly PlannedField[]
  /** The variables that the cost depends on. */
  variables: readonly string[]
}

interface Planner {
  schema: GraphQLSchema
  fragments: ReadonlyMap<string, FragmentDefinitionNode>
  variables: Set<string>
}

interface Mention {
  node: FieldNode
  /** Of the field itself and of the fragments it stands in. */
  directives: readonly DirectiveNode[]
}

const USUAL_LIST = 10

/** Null where the document has no such operation. The document has to be valid. */
export function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): PlannedOperation | null {
  const definition = getOperationAST(document, operationName)
  const root = definition && schema.getRootType(definition.operation)
  if (!definition || !root) return null
  const fragments = new Map(
    document.definitions
      .filter((candidate): candidate is FragmentDefinitionNode => candidate.kind === 'FragmentDefinition')
      .map((fragment) => [fragment.name.value, fragment]),
  )
  const planner: Planner = { schema, fragments, variables: new Set() }
  const fields = planSelection(planner, definition.selectionSet, root, '')
  return { definition, fields, variables: [...planner.variables] }
}

function planSelection(
  planner: Planner,
  selectionSet: SelectionSetNode | undefined,
  type: GraphQLObjectType,
  path: string,
): PlannedField[] {
  return collect(planner, selectionSet, type, []).flatMap((mention) => planField(planner, mention, type, path) ?? [])
}

function planField(planner: Planner, mention: Mention, parent: GraphQLObjectType, above: string): PlannedField | null {
  const { node, directives } = mention
  const field = parent.getFields()[node.name.value]
  if (!field) return null
  const path = `${above}${(node.alias ?? node.name).value}`
  const types = planTypes(planner, field, node, path)
  const plan = readPlan(field)
  const { asksSentry = [], findsByIds = null } = plan
  const amount = amountOf(field, parent)
  if (asksSentry.length === 0 && types.size === 0 && amount !== 'connection') return null
  const isCounted =
    amount === 'connection' ||
    findsByIds !== null ||
    asksSentry.some(({ times, calls, eachOrganization }) => times ?? calls ?? eachOrganization)
  if (isCounted) noteVariables(planner, node.arguments ?? [])
  noteVariables(planner, directives)
  return {
    path,
    key: `${parent.name}.${node.name.value}(${writeArguments(field, node)})`,
    name: node.name.value,
    plans: asksSentry,
    amount,
    givesAtMost: plan.givesAtMost ?? USUAL_LIST,
    givesReference: plan.givesReference ?? false,
    carries: plan.carries ?? [],
    gives: getNamedType(field.type).name,
    findsByIds,
    readArguments: (variables) => (isCounted ? readArguments(field, node, variables) : {}),
    isIncluded: (variables) => isIncluded(directives, variables),
    types,
  }
}

function planTypes(planner: Planner, field: GraphQLField<unknown, unknown>, node: FieldNode, path: string) {
  const type = getNamedType(field.type)
  const possible = isAbstractType(type) ? planner.schema.getPossibleTypes(type) : isObjectType(type) ? [type] : []
  return new Map(
    possible
      .map((object) => [object.name, planSelection(planner, node.selectionSet, object, `${path}.`)] as const)
      .filter(([, fields]) => fields.length > 0),
  )
}

function amountOf({ name, type }: GraphQLField<unknown, unknown>, parent: GraphQLObjectType): Amount {
  const named = getNamedType(type)
  if (isObjectType(named) && isConnection(named)) return 'connection'
  if (isConnection(parent) && (name === 'nodes' || name === 'edges')) return 'items'
  if (parent.name.endsWith('Edge') && name === 'node') return 'item'
  return isList(type) ? 'list' : 'one'
}

function isConnection(type: GraphQLObjectType): boolean {
  return type.getInterfaces().some((implemented) => isInterfaceType(implemented) && implemented.name === 'Connection')
}

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type)
}

function collect(
  planner: Planner,
  selectionSet: SelectionSetNode | undefined,
  type: GraphQLObjectType,
  outer: readonly DirectiveNode[],
): Mention[] {
  return (selectionSet?.selections ?? []).flatMap((node) => {
    const directives = node.directives?.length ? [...outer, ...node.directives] : outer
    if (node.kind === 'Field') return [{ node, directives }]
    const fragment = node.kind === 'FragmentSpread' ? planner.fragments.get(node.name.value) : node
    if (!fragment || !appliesTo(planner.schema, fragment.typeCondition?.name.value, type)) return []
    return collect(planner, fragment.selectionSet, type, directives)
  })
}

function isIncluded(directives: readonly DirectiveNode[], variables: Variables): boolean {
  return directives.every((directive) => {
    const node = { directives: [directive] }
    if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) return false
    return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] !== false
  })
}

/** As they are written, in the order of the schema: one spelling for arguments left out and their defaults. */
function writeArguments({ args }: GraphQLField<unknown, unknown>, node: FieldNode): string {
  const given = new Map(node.arguments?.map(({ name, value }) => [name.value, value]))
  return args
    .flatMap((argument) => {
      const value = given.get(argument.name)
      const text = value ? writeValue(value) : writeDefault(argument)
      return text === null ? [] : [`${argument.name}: ${text}`]
    })
    .join(', ')
}

// Printing takes longer than all the rest; two spellings of one value are told apart at the worst.
function writeValue(value: ValueNode): string {
  return value.loc ? value.loc.source.body.slice(value.loc.start, value.loc.end) : print(value)
}

const defaults = new WeakMap<GraphQLArgument, string>()

function writeDefault(argument: GraphQLArgument): string | null {
  if (argument.defaultValue === undefined) return null
  const known = defaults.get(argument)
  if (known !== undefined) return known
  const value = astFromValue(argument.defaultValue, argument.type)
  const text = value ? print(value) : ''
  defaults.set(argument, text)
  return text
}

function readArguments(field: GraphQLField<unknown, unknown>, node: FieldNode, variables: Variables): Arguments | null {
  try {
    return getArgumentValues(field, node, variables)
  } catch (error) {
    if (error instanceof GraphQLError) return null
    throw error
  }
}

function noteVariables(
  { variables }: Planner,
  nodes: readonly (DirectiveNode | NonNullable<FieldNode['arguments']>[number])[],
) {
  for (const node of nodes) visit(node, { Variable: ({ name }) => void variables.add(name.value) })
}
