import { z } from 'zod'
import { SentryApiError } from './sentry-api-error.ts'

/**
 * Building blocks for the shapes of answers. Sentry's servers differ by age: ids come as strings or numbers, nearly
 * everything can be null or missing, and new members appear without notice. A shape therefore demands only what a
 * record cannot live without, and drops the members it does not name.
 */
export const id = z.union([z.string().min(1), z.number()]).transform(String)
export const requiredText = z.string().min(1)
export const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null)
export const filledText = text.transform((value) => (value === '' ? null : value))
export const count = z
  .number()
  .nullish()
  .transform((value) => value ?? null)
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? null)
export const texts = z
  .array(z.string().nullable())
  .nullish()
  .transform((values) => (values ?? []).filter((value) => value !== null))
/** ISO 8601 in UTC, or null; Sentry mixes precisions inside one object. */
export const date = text.transform((value) => {
  const instant = new Date(value ?? Number.NaN)
  return Number.isNaN(instant.getTime()) ? null : instant
})

/** Whatever stands there, as it was sent; null where nothing does. */
export const anything = z
  .unknown()
  .optional()
  .transform((value) => value ?? null)

/** A member that is null where it is missing or of a shape nobody knows. */
export const optional = <Shape extends z.ZodType>(shape: Shape) =>
  shape
    .nullish()
    .catch(null)
    .transform((value) => value ?? null)

/** A list of which each item may be null or of a shape nobody knows: those are left out. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item.nullish().catch(null))
    .nullish()
    .catch(null)
    .transform((items) => (items ?? []).filter((entry) => entry !== null && entry !== undefined))

const compiledShapes = new WeakMap<z.ZodType, z.ZodType>()

/** The same shape with code of its own, which reads without making small objects for every member. */
function compile<T>(shape: z.ZodType<T>): z.ZodType<T> {
  const known = compiledShapes.get(shape) as z.ZodType<T> | undefined
  const compiled = known ?? z.compile(shape)
  if (!known) compiledShapes.set(shape, compiled)
  return compiled
}

/**
 * Reads a value by its shape.
 * @throws SentryApiError `invalid_response`, naming the fields and never their values.
 */
export function readValue<T>(shape: z.ZodType<T>, value: unknown, endpoint: string): T {
  const result = compile(shape).safeParse(value)
  if (result.success) return result.data
  const fields = [...new Set(result.error.issues.map((issue) => fieldPath(issue.path)))].slice(0, 5)
  throw new SentryApiError('invalid_response', `Sentry's answer has an unexpected shape at ${fields.join(', ')}.`, {
    endpoint,
    status: 200,
  })
}

function fieldPath(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the top' : path.map(String).join('.')
}
