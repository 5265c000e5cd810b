/** What an endpoint answers. A body of `undefined` is an empty body; a text is sent as it is when a header names its type. */
export interface Answer {
  status: number
  body: unknown
  headers: Readonly<Record<string, string>>
}

/** 200 with a JSON body. */
export function answerJson(body: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status: 200, body, headers }
}
