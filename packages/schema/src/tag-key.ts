import { GraphError } from './graph-error.ts'

/** A tag key as Sentry allows them. @throws GraphError `BAD_USER_INPUT` for what cannot be one. */
export function readTagKey(text: string): string {
  if (text.length > 200 || !/^[\w:-]+(?:\.[\w:-]+)*$/.test(text)) {
    throw new GraphError('BAD_USER_INPUT', 'A tag key has 1 to 200 letters, digits, "_", "-", ":" and single dots.')
  }
  return text
}
