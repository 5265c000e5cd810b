import { GraphError } from './graph-error.ts'

const LONGEST = 200

/** A `query` argument; null when it asks for nothing. @throws GraphError `BAD_USER_INPUT` when too long or unprintable. */
export function readSearchText(text: string | null | undefined): string | null {
  const query = text?.trim() ?? ''
  if (query.length > LONGEST || query.includes('\0')) {
    throw new GraphError('BAD_USER_INPUT', `"query" takes at most ${LONGEST} characters of text.`)
  }
  return query === '' ? null : query
}

/** A text that has to say something. @throws GraphError `BAD_USER_INPUT` for an empty, too long or unprintable one. */
export function readFilledText(name: string, text: string): string {
  const value = readSearchText(text)
  if (value === null) throw new GraphError('BAD_USER_INPUT', `"${name}" takes no empty text.`)
  return value
}

/** One value of Sentry's search syntax, its asterisks taken literally. */
export function inQuotes(text: string): string {
  return `"${text.replaceAll(/["\\*]/g, String.raw`\$&`)}"`
}

/** Any of these values, as a term of Sentry's search syntax takes them: `[1.0,"2.0 beta"]`. */
export function searchList(values: readonly string[]): string {
  const parts = values.map((value) => (/^[\w.@+:/-]+$/.test(value) ? value : inQuotes(value)))
  return parts.length === 1 ? parts.join() : `[${parts.join(',')}]`
}
