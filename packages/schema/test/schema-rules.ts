import {
  getNamedType,
  getNullableType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLSchema,
  type GraphQLType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql'
import type { CallPlan } from '../src/call-plan.ts'

/** Something of a schema that has a name and a description: by its coordinate, such as `Issue.event(pick:)`. */
interface Element {
  coordinate: string
  name: string
  description: string
  deprecationReason: string | null
  /** Null for types and enum values. */
  type: GraphQLType | null
}

interface Field extends Element {
  type: GraphQLType
  parent: string
  args: readonly GraphQLArgument[]
  extensions: Readonly<Record<string, unknown>>
}

interface Elements {
  types: Element[]
  fields: Field[]
  /** Arguments and fields of input types. */
  inputs: (Element & { type: GraphQLType })[]
  enumValues: Element[]
  all: Element[]
}

/** What every part of the graph keeps, each rule with the coordinates that break it. */
export const schemaRules: Record<string, (schema: GraphQLSchema) => string[]> = {
  'every type, field, argument, input field and enum value is described in a sentence': (schema) =>
    coordinates(elementsOf(schema).all, ({ description }) => !/^\p{Lu}.{8,}[.)]$/su.test(description)),

  'every field names the Sentry endpoint and the scope behind it, or says that there is none': (schema) =>
    coordinates(elementsOf(schema).fields, ({ description }) => !namesSource.test(description)),

  'what costs a call is nullable, so that its failure stays its own': (schema) =>
    coordinates(
      elementsOf(schema).fields,
      (field) => (costsCallOfItsOwn(field) || saysCost.test(field.description)) && !isFailureOfItsOwn(field.type),
    ),

  'a list that grows is a connection, which says what it costs and is walked forward, 1 to 100 at a time': (schema) =>
    coordinates(
      elementsOf(schema).fields.filter(({ type }) => isConnection(type)),
      (field) => !(costsCall(field) && isWalkedForward(field)),
    ),

  'any other list says how long it can get, unless the answer that carries its parent carries all of it': (schema) =>
    coordinates(
      elementsOf(schema).fields.filter(({ type }) => isList(type)),
      (field) => costsCallOfItsOwn(field) && !saysBound.test(field.description) && !field.args.some(isBound),
    ),

  'a list that is given says how long it may be': (schema) =>
    coordinates(elementsOf(schema).inputs, ({ type, description }) => isList(type) && !saysMost.test(description)),

  'an enum that Sentry fills has UNKNOWN for what it adds': (schema) => {
    const answered = new Set(elementsOf(schema).fields.map(({ type }) => getNamedType(type).name))
    return Object.values(schema.getTypeMap())
      .filter((type) => isEnumType(type))
      .filter(({ name, description }) => answered.has(name) && !isOfTheGateway.test(description ?? ''))
      .filter((type) => type.getValue('UNKNOWN') === undefined)
      .map(({ name }) => name)
  },

  'names are GraphQL’s, without leftovers of REST': (schema) => {
    const { types, fields, inputs, enumValues } = elementsOf(schema)
    return [
      ...coordinates(types, ({ name }) => !/^(?:[A-Z][a-z0-9]+)+$|^(?:URI|JSON)$/.test(name)),
      ...coordinates([...fields, ...inputs], ({ name }) => !/^[a-z][a-z0-9]*(?:[A-Z][a-z0-9]*)*$/.test(name)),
      ...coordinates([...fields, ...inputs], ({ name }) => /[A-Z]{2}|^num[A-Z]/.test(name)),
      ...coordinates(enumValues, ({ name }) => !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(name)),
    ]
  },

  'a Boolean that is answered reads as a statement, and what is counted in seconds says so': (schema) =>
    coordinates(
      elementsOf(schema).fields,
      ({ coordinate, name, type, description }) =>
        (getNamedType(type).name === 'Boolean' && !isStatement.test(name) && !namedOtherwise.has(coordinate)) ||
        (['Int', 'Float'].includes(getNamedType(type).name) &&
          /^Seconds\b/.test(description) &&
          !name.endsWith('Seconds')),
    ),

  'a deprecation says when it ends and what to use': (schema) =>
    coordinates(
      elementsOf(schema).all,
      ({ deprecationReason }) =>
        deprecationReason !== null && !/Removed after \d{4}-\d\d-\d\d\. Use .+\.$/s.test(deprecationReason),
    ),
}

const namesSource = /`(?:GET|PUT|POST|DELETE) [a-z/{}]+[^`]*`.*\(scope `[a-z]+:[a-z]+`|[Nn]o Sentry call/s
const isOfTheGateway = /[Nn]o Sentry call|[Kk]nown to the gateway/
const isStatement = /^(?:is|has|can)[A-Z]|Is[A-Z]/
/** The first two are promised; the third repeats what was asked. */
const namedOtherwise = new Set(['ExceptionValue.handled', 'Region.reachable', 'SignOutPayload.everywhere'])
const saysMost = /\bat most [\d,]+\b/i
const saysBound = /\bat most [\d,]+\b|\babout \w+\b|\bone (?:for|per) \w+/i

const isList = (type: GraphQLType) => isListType(getNullableType(type))

const isConnection = (type: GraphQLType) => getNamedType(type).name.endsWith('Connection')

/** An argument that says how many, or of which. */
const isBound = ({ name, type }: Field['args'][number]) => name === 'first' || name === 'last' || isList(type)

const saysCost = /\bcosts a\b/i

const costsCall = ({ description, extensions }: Field) =>
  saysCost.test(description) || extensions['asksSentry'] !== undefined

/** Whether it costs one also where its parent is no mere reference, which a call of the parent’s own would fill. */
function costsCallOfItsOwn({ description, extensions }: Field): boolean {
  const plans = extensions['asksSentry'] as readonly CallPlan[] | undefined
  if (plans === undefined) return saysCost.test(description)
  return plans.some(({ onlyForReferences, onlyForUnknownOrganizations }) => {
    return onlyForReferences !== true && onlyForUnknownOrganizations !== true
  })
}

/** Nullable itself, or a list whose items are: one that fails leaves the others. */
const isFailureOfItsOwn = (type: GraphQLType) => !isNonNullType(type) || /^\[\w+\]!$/.test(String(type))

function isWalkedForward({ args }: Field): boolean {
  const names = args.map(({ name }) => name)
  const atFirst = args.find(({ name }) => name === 'first')?.defaultValue
  const isForwardOnly = names.includes('after') && !names.includes('last') && !names.includes('before')
  return isForwardOnly && typeof atFirst === 'number' && atFirst >= 1 && atFirst <= 100
}

function coordinates<T extends Element>(elements: readonly T[], breaks: (element: T) => boolean): string[] {
  return elements.filter(breaks).map(({ coordinate }) => coordinate)
}

function elementsOf(schema: GraphQLSchema): Elements {
  const ours = Object.values(schema.getTypeMap()).filter(
    (type) => !type.name.startsWith('__') && !isSpecifiedScalarType(type),
  )
  const types = ours.map((type) => ({ ...element(type.name, type), type: null }))
  const composites = ours.filter((type) => isObjectType(type) || isInterfaceType(type))
  const ofFields = composites.flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ parent: type.name, field })),
  )
  const fields = ofFields.map(({ parent, field }) => describeField(parent, field))
  const inputs = [
    ...ofFields.flatMap(({ parent, field }) =>
      field.args.map((arg) => ({ ...element(`${parent}.${field.name}(${arg.name}:)`, arg), type: arg.type })),
    ),
    ...ours
      .filter((type) => isInputObjectType(type))
      .flatMap((type) =>
        Object.values(type.getFields()).map((field) => ({
          ...element(`${type.name}.${field.name}`, field),
          type: field.type,
        })),
      ),
  ]
  const enumValues = ours
    .filter((type) => isEnumType(type))
    .flatMap((type) =>
      type.getValues().map((value) => ({ ...element(`${type.name}.${value.name}`, value), type: null })),
    )
  return { types, fields, inputs, enumValues, all: [...types, ...fields, ...inputs, ...enumValues] }
}

function describeField(parent: string, field: GraphQLField<unknown, unknown>): Field {
  const { type, args, extensions } = field
  return { ...element(`${parent}.${field.name}`, field), type, parent, args, extensions: { ...extensions } }
}

interface Described {
  name: string
  description?: string | null | undefined
  deprecationReason?: string | null | undefined
}

function element(coordinate: string, { name, description, deprecationReason }: Described) {
  return { coordinate, name, description: description ?? '', deprecationReason: deprecationReason ?? null }
}
