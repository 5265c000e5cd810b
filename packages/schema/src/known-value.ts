/** The member of a closed list that Sentry named; `unknown` for one that it added since, null for none. */
export function known<Value extends string>(values: readonly (Value | 'unknown')[], text: string | null) {
  if (text === null) return null
  return values.find((value) => value === text) ?? 'unknown'
}
