import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql'
import type { KnownTexts } from './known-texts.ts'

/** One question of a walk, and the field for whose sake it is asked: `Type.field`. */
export interface Question {
  field: string
  document: string
}

type Field = GraphQLField<unknown, unknown>
type Input = GraphQLArgument | GraphQLInputField

interface Place {
  type: GraphQLObjectType
  wrap: (selection: string) => string
}

/** Enough to have something of everybody, few enough for a walk of hundreds of questions. */
const PAGE = 3

/**
 * Asks for every field that a query reaches, one question each, and more where an argument can name something. It names
 * what is known under the argument's name, and so needs to be told of no new field. Everything behind the root fields in
 * `deep` is asked for; behind `node` each kind of node; of other root fields what they give themselves.
 */
export function walkQueries(schema: GraphQLSchema, known: KnownTexts, deep: readonly string[]): Question[] {
  const query = schema.getQueryType()
  if (!query) return []
  const root: Place = { type: query, wrap: (selection) => `{ ${selection} }` }
  return Object.values(query.getFields()).flatMap((field) => [
    ...questionsOf(schema, root, field, known),
    ...(deep.includes(field.name) ? walkBeneath(schema, root, field, known) : []),
    ...(field.name === 'node' ? walkNodes(schema, field, known) : []),
  ])
}

/** Asks for every mutation there is. */
export function walkMutations(schema: GraphQLSchema, known: KnownTexts): Question[] {
  const mutation = schema.getMutationType()
  if (!mutation) return []
  const root: Place = { type: mutation, wrap: (selection) => `mutation { ${selection} }` }
  return Object.values(mutation.getFields()).flatMap((field) => questionsOf(schema, root, field, known))
}

/** What a list shows is reached through the list rather than by a name, which may be somebody else's. */
function walkBeneath(schema: GraphQLSchema, root: Place, entrance: Field, known: KnownTexts): Question[] {
  const seen = new Set<GraphQLObjectType>([root.type])
  const open = placesBehind(schema, root, entrance, known)
  const named: Place[] = []
  const questions: Question[] = []
  for (let place = open.shift(); place !== undefined; place = open.shift() ?? named.shift()) {
    if (seen.has(place.type)) continue
    seen.add(place.type)
    for (const field of Object.values(place.type.getFields())) {
      questions.push(...questionsOf(schema, place, field, known))
      const behind = placesBehind(schema, place, field, known)
      if (field.args.some(isRequiredArgument)) named.push(...behind)
      else open.push(...behind)
    }
  }
  return questions
}

/** Straight to each kind of node, by every id that is known of it. */
function walkNodes(schema: GraphQLSchema, { name }: Field, known: KnownTexts): Question[] {
  const node = schema.getType('Node')
  if (!isAbstractType(node)) return []
  return schema.getPossibleTypes(node).flatMap((type) =>
    known.of(type.name, 'id').flatMap((id) => {
      const wrap = (selection: string) =>
        `{ ${name}(id: ${JSON.stringify(id)}) { ... on ${type.name} { ${selection} } } }`
      return Object.values(type.getFields()).flatMap((field) => questionsOf(schema, { type, wrap }, field, known))
    }),
  )
}

function questionsOf(schema: GraphQLSchema, { type, wrap }: Place, field: Field, known: KnownTexts): Question[] {
  const selection = selectionOf(schema, field.type)
  return callsOf(field, known).map((call) => ({
    field: `${type.name}.${field.name}`,
    document: wrap(`__typename ${call} ${selection}`),
  }))
}

function placesBehind(schema: GraphQLSchema, { wrap }: Place, field: Field, known: KnownTexts): Place[] {
  const [call] = callsOf(field, known)
  const named = getNamedType(field.type)
  if (isObjectType(named)) return [{ type: named, wrap: (inner) => wrap(`${call} { __typename ${inner} }`) }]
  if (!isAbstractType(named)) return []
  return schema.getPossibleTypes(named).map((type) => ({
    type,
    wrap: (inner) => wrap(`${call} { __typename ... on ${type.name} { ${inner} } }`),
  }))
}

/** Everything that costs no argument, one level deep. */
function selectionOf(schema: GraphQLSchema, output: GraphQLOutputType): string {
  const named = getNamedType(output)
  if (isLeafType(named)) return ''
  if (isObjectType(named)) return `{ __typename ${leavesOf(named).join(' ')} }`
  const parts = schema.getPossibleTypes(named).map((type) => {
    const aliased = leavesOf(type).map((name) => `${type.name}_${name}: ${name}`)
    return `... on ${type.name} { ${['__typename', ...aliased].join(' ')} }`
  })
  return `{ __typename ${parts.join(' ')} }`
}

function leavesOf(type: GraphQLObjectType): string[] {
  const fields = Object.values(type.getFields())
  return fields
    .filter(({ type: output, args }) => isLeafType(getNamedType(output)) && !args.some(isRequiredArgument))
    .map(({ name }) => name)
}

/** The field with what it demands; and again with each of the arguments beside that can name something. */
function callsOf(field: Field, known: KnownTexts): string[] {
  const demanded = field.args.filter((arg) => isRequiredArgument(arg) || arg.name === 'first')
  const base = demanded.map((arg) => valuesOf(arg, field, known).map((value) => `${arg.name}: ${value}`))
  const naming = field.args.filter((arg) => !demanded.includes(arg) && canName(arg.type))
  const count = Math.max(1, ...base.map(({ length }) => length))
  const calls = Array.from({ length: count }, (_, index) => base.map((values) => values[index % values.length] ?? ''))
  const more = naming.flatMap((arg) =>
    valuesOf(arg, field, known)
      .slice(0, 1)
      .map((value) => [...(calls[0] ?? []), `${arg.name}: ${value}`]),
  )
  return [...calls, ...more].map((args) => (args.length === 0 ? field.name : `${field.name}(${args.join(', ')})`))
}

function canName(input: GraphQLInputType): boolean {
  const { name } = getNamedType(input)
  return name === 'ID' || name === 'String' || name === 'URI' || isInputObjectType(getNamedType(input))
}

function valuesOf(input: Input, field: Field, known: KnownTexts): string[] {
  return valuesOfType(input.type, input.name, field, known)
}

function valuesOfType(type: GraphQLInputType, name: string, field: Field, known: KnownTexts): string[] {
  if (isNonNullType(type)) return valuesOfType(type.ofType, name, field, known)
  if (isListType(type)) return [`[${valuesOfType(type.ofType, singular(name), field, known).join(', ')}]`]
  if (isEnumType(type)) return [type.getValues()[0]?.name ?? 'null']
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields())
    const filled = fields.filter((inner) => isRequiredInputField(inner) || isNaming(inner))
    const chosen = type.isOneOf ? fields.slice(0, 1) : filled
    return [`{ ${chosen.map((inner) => `${inner.name}: ${valuesOf(inner, field, known)[0] ?? 'null'}`).join(', ')} }`]
  }
  return scalarValues(type.name, name, field, known)
}

function isNaming({ type }: GraphQLInputField): boolean {
  return getNamedType(type).name === 'ID'
}

const instant = '"2026-11-20T00:00:00Z"'

function scalarValues(type: string, name: string, field: Field, known: KnownTexts): string[] {
  if (type === 'Int' || type === 'Float' || type === 'Count') return [String(PAGE)]
  if (type === 'Boolean') return ['true']
  if (type === 'DateTime') return [instant]
  if (type === 'Duration') return ['"1d"']
  if (type === 'JSON') return ['{}']
  const texts = type === 'ID' ? idsFor(name, known) : textsFor(name, field, known)
  return texts.length === 0 ? ['"nothing-is-known-of-this"'] : texts.map((text) => JSON.stringify(text))
}

/** `projectId` and `projects` want a project’s id, `id` and whatever else any. */
function idsFor(name: string, known: KnownTexts): string[] {
  const [, kind = ''] = /^([a-z]+?)(?:Ids?)?$/.exec(singular(name)) ?? []
  const ofKind = known.of(`${kind.charAt(0).toUpperCase()}${kind.slice(1)}`, 'id')
  return ofKind.length > 0 ? ofKind : known.of(null, 'id')
}

/** `slug` of a field that gives a project wants a project’s slug, `url` a permalink, and a search finds by slug. */
function textsFor(name: string, field: Field, known: KnownTexts): string[] {
  if (name === 'url') return known.of(null, 'permalink')
  if (name === 'query') return known.of('Organization', 'slug')
  const ofAnswer = known.of(getNamedType(field.type).name, name)
  return ofAnswer.length > 0 ? ofAnswer : known.of(null, name).slice(0, 2)
}

function singular(name: string): string {
  return name.replace(/s$/, '')
}
