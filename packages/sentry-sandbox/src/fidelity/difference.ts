import type { Schema } from './schema.ts'

/** One place in which an answer is not what its schema says. */
export interface Difference {
  /** Path in the answer: `[]` for list items, `*` for members whose names are data. */
  at: string
  problem: 'missing' | 'null' | 'type' | 'enum'
  detail: string
}

type Check = (value: unknown, schema: Schema, at: string) => Difference[]

/** Holds a value against a schema. Members that the schema does not name are no difference; formats are not looked at. */
export function findDifferences(value: unknown, schema: Schema): Difference[] {
  const found = check(value, schema, '')
  const unique = new Map(found.map((difference) => [`${difference.at} ${difference.problem}`, difference]))
  return [...unique.values()]
}

const check: Check = (value, schema, at) => {
  const choices = schema.oneOf ?? schema.anyOf
  const whole = schema.allOf?.flatMap((part) => check(value, part, at)) ?? []
  if (choices !== undefined) return [...whole, ...checkChoices(value, schema, choices, at)]
  if (value === null) return [...whole, ...checkNull(schema, at)]
  return [...whole, ...checkEnum(value, schema, at), ...checkType(value, schema, at)]
}

/** The best of several schemas counts. */
function checkChoices(value: unknown, schema: Schema, choices: readonly Schema[], at: string): Difference[] {
  if (value === null && schema.nullable === true) return []
  const results = choices.map((choice) => check(value, choice, at))
  return results.toSorted((left, right) => weigh(left, at) - weigh(right, at))[0] ?? []
}

/** A schema of another type altogether is further away than one with any number of differences inside. */
function weigh(differences: readonly Difference[], at: string): number {
  const isOtherType = differences.some((difference) => difference.at === at && difference.problem === 'type')
  return differences.length + (isOtherType ? 1000 : 0)
}

function checkNull({ nullable, type, enum: members }: Schema, at: string): Difference[] {
  const isAllowed = nullable === true || type === undefined || members?.includes(null) === true
  return isAllowed ? [] : [{ at, problem: 'null', detail: `null where ${type} is described` }]
}

function checkEnum(value: unknown, { enum: members }: Schema, at: string): Difference[] {
  if (members === undefined || members.includes(value)) return []
  return [{ at, problem: 'enum', detail: `${JSON.stringify(value)} is none of ${members.map(String).join(', ')}` }]
}

function checkType(value: unknown, schema: Schema, at: string): Difference[] {
  if (schema.type === undefined) return []
  if (!isOfType(value, schema.type)) {
    const actual = Array.isArray(value) ? 'array' : typeof value
    return [{ at, problem: 'type', detail: `${actual} where ${schema.type} is described` }]
  }
  if (Array.isArray(value)) return value.flatMap((item) => check(item, schema.items ?? {}, `${at}[]`))
  return typeof value === 'object' && value !== null ? checkMembers(value, schema, at) : []
}

function isOfType(value: unknown, type: NonNullable<Schema['type']>): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value)
  return type === 'integer' ? Number.isInteger(value) : typeof value === type
}

function checkMembers(value: object, { properties = {}, required = [], additionalProperties }: Schema, at: string) {
  const inside = (name: string) => (at === '' ? name : `${at}.${name}`)
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name): Difference => ({ at: inside(name), problem: 'missing', detail: 'required by the document' }))
  const members = Object.entries(value).flatMap(([name, member]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined
    if (known !== undefined) return check(member, known, inside(name))
    return typeof additionalProperties === 'object' ? check(member, additionalProperties, inside('*')) : []
  })
  return [...missing, ...members]
}
