/**
 * Goes on with a value that may have to be waited for: at once where it is there. A promise for what is known already costs
 * the executor more than the field, for it makes everything above wait too.
 */
export function whenKnown<Value, Result>(
  value: Value | Promise<Value>,
  read: (value: Value) => Result,
): Result | Promise<Result> {
  return value instanceof Promise ? value.then(read) : read(value)
}
