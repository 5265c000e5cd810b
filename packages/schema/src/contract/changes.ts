import {
  BreakingChangeType,
  DangerousChangeType,
  findSchemaChanges,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  SafeChangeType,
} from 'graphql'
import { type ContractPromise, earliestRemoval, readRemovalDate, standingSchema } from './promise.ts'

/** How a schema differs from a promise, each as a sentence, in an order that depends on nothing else. */
export interface ContractChanges {
  /** Breaks operations that were promised to work: not without a deprecation that has had its time. */
  breaking: string[]
  /** Works for all operations, and may surprise a client that counted on having seen everything. */
  surprising: string[]
  added: string[]
  /** Deprecated since the promise. */
  deprecated: string[]
  /** Newly deprecated with less notice than is due from a given day on. */
  hurried: string[]
}

/** @param today decides which deprecations of the promise have had their time, ISO 8601 without time. */
export function findChanges(promise: ContractPromise, schema: GraphQLSchema, today: string): ContractChanges {
  const changes = findSchemaChanges(standingSchema(promise, today), schema)
  const sentences = (isMeant: (type: string) => boolean) =>
    changes
      .filter(({ type }) => isMeant(type))
      .map(({ description }) => description)
      .sort()
  const fresh = freshDeprecations(promise, schema, today)
  return {
    breaking: sentences((type) => type in BreakingChangeType),
    surprising: sentences((type) => type in DangerousChangeType && !(type in SafeChangeType)),
    added: sentences((type) => type in SafeChangeType && type !== SafeChangeType.DESCRIPTION_CHANGED),
    deprecated: fresh.map(({ coordinate, reason }) => `${coordinate}: ${reason}`),
    hurried: fresh
      .filter(({ reason }) => (readRemovalDate(reason) ?? '') < earliestRemoval(promise.since))
      .map(({ coordinate }) => coordinate),
  }
}

interface Deprecation {
  coordinate: string
  reason: string
}

function freshDeprecations(promise: ContractPromise, schema: GraphQLSchema, today: string): Deprecation[] {
  const known = new Set(deprecationsOf(standingSchema(promise, today)).map(({ coordinate }) => coordinate))
  return deprecationsOf(schema)
    .filter(({ coordinate }) => !known.has(coordinate))
    .sort((a, b) => (a.coordinate < b.coordinate ? -1 : 1))
}

/** Every deprecated field, argument, input field and enum value. */
function deprecationsOf(schema: GraphQLSchema): Deprecation[] {
  return Object.values(schema.getTypeMap())
    .flatMap((type) => {
      if (isEnumType(type)) return type.getValues().map((value) => deprecation(type.name, value))
      if (isInputObjectType(type)) {
        return Object.values(type.getFields()).map((field) => deprecation(type.name, field))
      }
      if (!isObjectType(type) && !isInterfaceType(type)) return []
      return Object.values(type.getFields()).flatMap((field) => [
        deprecation(type.name, field),
        ...field.args.map((arg) => deprecation(`${type.name}.${field.name}`, arg)),
      ])
    })
    .filter((found) => found !== null)
}

function deprecation(parent: string, element: { name: string; deprecationReason?: string | null | undefined }) {
  const { name, deprecationReason } = element
  return typeof deprecationReason === 'string' ? { coordinate: `${parent}.${name}`, reason: deprecationReason } : null
}
