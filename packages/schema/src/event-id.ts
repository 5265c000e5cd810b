import { GraphError } from './graph-error.ts'

/** The id of an event or a replay as Sentry writes it, from one with or without dashes; null for any other text. */
export function parseEventId(text: string): string | null {
  const id = text.replaceAll('-', '').toLowerCase()
  return text.length <= 36 && /^[0-9a-f]{32}$/.test(id) ? id : null
}

/** The same. @throws GraphError `BAD_USER_INPUT` for what cannot be one. */
export function readEventId(text: string): string {
  const id = parseEventId(text)
  if (id === null) throw new GraphError('BAD_USER_INPUT', 'Such an id has 32 hex digits.')
  return id
}
