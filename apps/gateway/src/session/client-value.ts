/** Marks what opens a client session, for people and for programs that search texts for secrets. */
const prefix = 'sgc_'

const valuePattern = /^sgc_[A-Za-z0-9_-]{43}$/

/**
 * What a client sends, as a cookie or as a bearer: the session's secret itself, in no envelope. So it depends on no key
 * that could be rotated away, and the store alone decides how long it opens something.
 */
export function writeClientValue(secret: string): string {
  return prefix + secret
}

/** The secret in a client's value; null for anything else. */
export function readClientValue(value: string | undefined): string | null {
  return value !== undefined && valuePattern.test(value) ? value.slice(prefix.length) : null
}

/**
 * The bearer of an Authorization header (RFC 6750 2.1); null when it has none, and an empty text when it is spoilt.
 * A request that has one is its bearer's alone: no cookie beside it is looked at, so that nobody can use a cookie without
 * the proof that a bearer spares, nor fall back on it with a bearer that opens nothing.
 */
export function readBearer(authorization: string | undefined): string | null {
  const [, token] = /^bearer(?:[ \t]+(.*))?$/i.exec(authorization?.trim() ?? '') ?? [null, null]
  return token === null ? null : (token ?? '')
}
