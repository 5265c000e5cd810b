/** What the endpoint can write (GraphQL over HTTP, 5.2). */
const written = ['application/graphql-response+json', 'application/json']

/** Whether an Accept header leaves a way to answer. None at all accepts everything (RFC 9110, 12.5.1). */
export function isAnswerable(accept: string | undefined): boolean {
  if (accept === undefined || accept.trim() === '') return true
  return accept.split(',').some((range) => {
    const [mediaRange = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    return !parameters.some(isRefusal) && written.some((mediaType) => covers(mediaRange, mediaType))
  })
}

function covers(mediaRange: string, mediaType: string): boolean {
  return mediaRange === mediaType || mediaRange === '*/*' || mediaRange === 'application/*'
}

function isRefusal(parameter: string): boolean {
  return /^q=0(\.0{0,3})?$/.test(parameter)
}
