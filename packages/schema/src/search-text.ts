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
