/** Something sent to the control API that it cannot make sense of. */
export class ControlInputError extends Error {
  override readonly name = 'ControlInputError'
  readonly code = 'bad_control_input'
}

type Check = (value: unknown) => boolean

export const isText: Check = (value) => typeof value === 'string'
export const isBoolean: Check = (value) => typeof value === 'boolean'
export const isCount: Check = (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0
export const isAnything: Check = () => true
export const isTextRecord: Check = (value) => isRecord(value) && Object.values(value).every(isText)
export const isOneOf =
  (values: readonly string[]): Check =>
  (value) =>
    isText(value) && values.includes(String(value))
export const isListOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check)
export const either =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value))
export const isExactly =
  (expected: unknown): Check =>
  (value) =>
    value === expected

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What an object has to have, may have, and must not have beyond that. */
export interface Shape {
  required?: Readonly<Record<string, Check>>
  optional?: Readonly<Record<string, Check>>
}

/** @throws {ControlInputError} when the value is no object of that shape; the message says why. */
export function readShape(value: unknown, { required = {}, optional = {} }: Shape): Record<string, unknown> {
  if (!isRecord(value)) throw new ControlInputError('A JSON object is expected.')
  const known = { ...required, ...optional }
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(known, name))
  if (unknown !== undefined) {
    throw new ControlInputError(
      `There is no ${JSON.stringify(unknown)} here; known are ${Object.keys(known).join(', ')}.`,
    )
  }
  const missing = Object.keys(required).find((name) => value[name] === undefined)
  if (missing !== undefined) throw new ControlInputError(`The member ${missing} is missing.`)
  const wrong = Object.entries(value).find(([name, member]) => !known[name]?.(member))
  if (wrong !== undefined) throw new ControlInputError(`The member ${wrong[0]} cannot be ${JSON.stringify(wrong[1])}.`)
  return value
}
