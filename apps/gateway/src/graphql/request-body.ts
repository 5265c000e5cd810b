/** The body of a request is no JSON. The status is the one GraphQL over HTTP asks for, whatever the caller accepts. */
export class MalformedBodyError extends Error {
  override readonly name = 'MalformedBodyError'
  readonly statusCode = 400
}

/** Passes on a body that is JSON. Throws MalformedBodyError for any other, and for one that is missing. */
export function readJsonText(body: unknown): string {
  if (typeof body !== 'string') throw new MalformedBodyError('no body')
  try {
    JSON.parse(body)
  } catch {
    // The parser's error quotes the text it stumbled over, and would take it into the log.
    throw new MalformedBodyError('no JSON')
  }
  return body
}
