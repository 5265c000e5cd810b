export interface NeighbourCursors {
  next: string | null
  previous: string | null
}

const relPattern = /;\s*rel="([^"]*)"/
const resultsPattern = /;\s*results="([^"]*)"/
const cursorPattern = /;\s*cursor="([^"]*)"/

/**
 * Reads Sentry's `Link` header: `<url>; rel="next"; results="true"; cursor="0:100:0", <url>; rel="previous"; …`.
 * A relation with `results="false"` is the end. Only the attributes count: the URL may hold commas, names whichever
 * host answered, and is no place to send an access token to.
 */
export function readLinkHeader(header: string | null): NeighbourCursors {
  const cursors: NeighbourCursors = { next: null, previous: null }
  for (const [, attributes = ''] of (header ?? '').matchAll(/<[^<>]*>((?:\s*;\s*\w+="[^"]*")*)/g)) {
    const [rel, results, cursor] = [relPattern, resultsPattern, cursorPattern].map(
      (attribute) => attribute.exec(attributes)?.[1],
    )
    if ((rel === 'next' || rel === 'previous') && results === 'true' && cursor) cursors[rel] = cursor
  }
  return cursors
}
