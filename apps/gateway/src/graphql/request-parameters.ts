/** A request is not written as GraphQL over HTTP asks. The status is the one it names, whatever the caller accepts. */
export class MalformedRequestError extends Error {
  override readonly name = 'MalformedRequestError'
  readonly statusCode = 400
  /** For the caller: what has to be otherwise. */
  readonly advice: string

  constructor(advice: string) {
    super('malformed request')
    this.advice = advice
  }
}

/** Passes on a body that is JSON. Throws MalformedRequestError for any other, and for one that is missing. */
export function readJsonText(body: unknown): string {
  if (typeof body !== 'string' || !isJson(body))
    throw new MalformedRequestError('The body of the request has to be JSON.')
  return body
}

/** Passes on the query of an address. Throws MalformedRequestError when a parameter that holds JSON holds something else. */
export function readSearch(search: string): string {
  const parameters = new URLSearchParams(search)
  for (const name of ['variables', 'extensions']) {
    const text = parameters.get(name)
    if (text && !isJson(text)) throw new MalformedRequestError(`The parameter ${name} has to be JSON.`)
  }
  return search
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    // The parser's error quotes the text it stumbled over, and would take it into the log.
    return false
  }
}
