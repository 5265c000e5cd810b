import {
  type FieldNode,
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLError,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  isObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** What a document asks of the nodes beneath a field, so that the call for them can leave out the rest. */
export interface Selection {
  has(...fields: string[]): boolean
  /** Whether a field is asked for that is not among these. */
  hasOtherThan(fields: ReadonlySet<string>): boolean
  /** The arguments of each mention of a field, in the order of the document; of those that its field will not refuse. */
  argumentsOf(field: string): Record<string, unknown>[]
  /** What is asked of the objects that a field gives. */
  beneath(field: string): Selection
}

/**
 * What is selected of the type `typeName` beneath the field that is being resolved, which gives such nodes itself, or
 * an interface or union of them, or a connection. Fragments, aliases, `@skip` and `@include` are seen through.
 */
export function selectionOf(info: GraphQLResolveInfo, typeName: string): Selection {
  const type = objectType(info, typeName)
  return readSelection(info, type, nodeFields(info, type))
}

function readSelection(info: GraphQLResolveInfo, type: GraphQLObjectType, nodes: FieldNode[]): Selection {
  const fields = Map.groupBy(nodes, ({ name }) => name.value)
  return {
    has: (...names) => names.some((name) => fields.has(name)),
    hasOtherThan: (names) => [...fields.keys()].some((name) => !names.has(name)),
    argumentsOf(name) {
      const field = type.getFields()[name]
      return field ? (fields.get(name) ?? []).flatMap((node) => readArguments(info, field, node)) : []
    },
    beneath(name) {
      const given = objectType(info, getNamedType(type.getFields()[name]?.type)?.name ?? '')
      return readSelection(info, given, fieldsOf(info, fields.get(name) ?? [], given))
    },
  }
}

function readArguments(info: GraphQLResolveInfo, field: GraphQLField<unknown, unknown>, node: FieldNode) {
  try {
    return [getArgumentValues(field, node, info.variableValues)]
  } catch (error) {
    // Such as null for a variable that has a default: the field itself says so when its turn comes.
    if (error instanceof GraphQLError) return []
    throw error
  }
}

function nodeFields(info: GraphQLResolveInfo, type: GraphQLObjectType): FieldNode[] {
  const answered = getNamedType(info.returnType)
  // `IssueConnection`, and `ViewerIssueConnection` beside it.
  if (!answered.name.endsWith(`${type.name}Connection`)) return fieldsOf(info, info.fieldNodes, type)
  const connection = fieldsOf(info, info.fieldNodes, objectType(info, answered.name))
  const edges = fieldsOf(info, named(connection, 'edges'), objectType(info, `${type.name}Edge`))
  return fieldsOf(info, [...named(connection, 'nodes'), ...named(edges, 'node')], type)
}

const named = (nodes: FieldNode[], name: string) => nodes.filter((node) => node.name.value === name)

function objectType({ schema }: GraphQLResolveInfo, name: string): GraphQLObjectType {
  const type = schema.getType(name)
  if (!isObjectType(type)) throw new Error(`${name} is no object type of the schema.`)
  return type
}

function fieldsOf(info: GraphQLResolveInfo, parents: readonly FieldNode[], type: GraphQLObjectType): FieldNode[] {
  return parents.flatMap(({ selectionSet }) => collect(info, selectionSet, type))
}

function collect(
  info: GraphQLResolveInfo,
  selectionSet: SelectionSetNode | undefined,
  type: GraphQLObjectType,
): FieldNode[] {
  return (selectionSet?.selections ?? [])
    .filter((node) => isIncluded(info, node))
    .flatMap((node) => {
      if (node.kind === 'Field') return [node]
      const fragment = node.kind === 'FragmentSpread' ? info.fragments[node.name.value] : node
      if (!fragment || !appliesTo(info.schema, fragment.typeCondition?.name.value, type)) return []
      return collect(info, fragment.selectionSet, type)
    })
}

function isIncluded({ variableValues }: GraphQLResolveInfo, node: SelectionNode): boolean {
  if (getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.['if'] === true) return false
  return getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.['if'] !== false
}

/** Whether a fragment on `condition` says something of `type`. */
export function appliesTo(schema: GraphQLSchema, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (condition === undefined || condition === type.name) return true
  const abstract = schema.getType(condition)
  return isAbstractType(abstract) && schema.isSubType(abstract, type)
}
