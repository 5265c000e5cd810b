import { GraphError } from './graph-error.ts'

const LONGEST = 100

/** Whether it can be a slug. */
export function isSlug(text: string): boolean {
  return text.length <= LONGEST && /^[\w-]+(?:\.[\w-]+)*$/.test(text)
}

/**
 * A slug as Sentry writes them, taken as it is: old servers hold slugs with capitals, so case matters.
 * @throws GraphError `BAD_USER_INPUT` for what cannot be one.
 */
export function readSlug(text: string): string {
  if (!isSlug(text)) {
    throw new GraphError(
      'BAD_USER_INPUT',
      'A slug has 1 to 100 letters, digits, "-", "_" and single dots between them.',
    )
  }
  return text
}
