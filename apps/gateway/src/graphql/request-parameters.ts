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

/** Reads a body that is JSON. Throws MalformedRequestError for any other, and for one that is missing. */
export function readJson(body: string): unknown {
  const value = parseJson(body)
  if (value === undefined) throw new MalformedRequestError('The body of the request has to be JSON.')
  return value
}

/** Passes on the query of an address. Throws MalformedRequestError when a parameter that holds JSON holds something else. */
export function readSearch(search: string): string {
  const parameters = new URLSearchParams(search)
  for (const name of ['variables', 'extensions']) {
    const text = parameters.get(name)
    if (text && parseJson(text) === undefined) throw new MalformedRequestError(`The parameter ${name} has to be JSON.`)
  }
  return search
}

/** Undefined for what is no JSON: the parser's error quotes the text it stumbled over, and would take it into the log. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
