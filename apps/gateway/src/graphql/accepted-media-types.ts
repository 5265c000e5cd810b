/** What one answer in one piece can be written as (GraphQL over HTTP, 5.2). */
export type AnswerMediaType = 'application/graphql-response+json' | 'application/json'

/** What the endpoint can write; streams of events carry subscriptions. */
const written = ['application/graphql-response+json', 'application/json', 'text/event-stream']

/** Whether an Accept header leaves a way to answer. None at all accepts everything (RFC 9110, 12.5.1). */
export function isAnswerable(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true
  return accept.split(',').some((range) => {
    const [mediaRange = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    return !parameters.some(isRefusal) && written.some((mediaType) => covers(mediaRange, mediaType))
  })
}

/**
 * How Yoga writes an answer in one piece for an Accept header: as what is named first, whatever weights say. Null where it
 * does not write one.
 */
export function chooseMediaType(accept: string | undefined): AnswerMediaType | null {
  if (accept === undefined || accept === '' || accept === '*/*') return 'application/json'
  for (const range of accept.replaceAll(/\s/g, '').toLowerCase().split(',')) {
    const [mediaRange = '', ...parameters] = range.split(';')
    const charset = parameters.find((parameter) => parameter.includes('charset=')) ?? 'charset=utf-8'
    if (charset !== 'charset=utf-8') continue
    if (covers(mediaRange, 'application/json')) return 'application/json'
    if (covers(mediaRange, 'application/graphql-response+json')) return 'application/graphql-response+json'
  }
  return null
}

function covers(mediaRange: string, mediaType: string): boolean {
  return mediaRange === mediaType || mediaRange === '*/*' || mediaRange === `${mediaType.split('/', 1).join()}/*`
}

function isRefusal(parameter: string): boolean {
  return /^q=0(\.0{0,3})?$/.test(parameter)
}
