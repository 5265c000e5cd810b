import { z } from 'zod'

/** A whole number between two bounds, both allowed. */
export function wholeNumber(least: number, most: number, unit = '') {
  const expected = `a whole number${unit === '' ? '' : ` of ${unit}`} from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,9}$/, expected)
    .transform(Number)
    .refine((value) => value >= least && value <= most, expected)
}

/** One of a closed list of words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, { error: `one of ${words.join(', ')}` })
}

/** The scheme, host and port of a website: https, or http on a loopback host. A closing slash is forgiven. */
export const origin = z
  .string()
  .transform((text) => text.replace(/\/$/, ''))
  .refine(isSafeOrigin, 'an origin without a path: https://…, or http:// on localhost')

/** Origins separated by commas. */
export const originList = list(isSafeOrigin, 'origins separated by commas: https://…, or http:// on localhost')

/** Secrets separated by commas: the first seals, all open. */
export const secretList = list(
  isStrongSecret,
  'at least 32 characters, 8 of them different, or several such secrets separated by commas',
)

/** Whether a secret is long enough, and not a few characters over and over: any random one passes. */
export function isStrongSecret(secret: string): boolean {
  return secret.length >= 32 && new Set(secret).size >= 8
}

/** The URL of a PostgreSQL database. */
export const postgresUrl = z
  .string()
  .refine((text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ''), 'a postgres:// URL')

/** Names of Sentry scopes, separated by spaces or commas. */
export const scopeList = list(
  (scope) => /^[a-z]+(:[a-z]+)?$/.test(scope),
  'scopes such as org:read separated by spaces',
  /[\s,]+/,
)

/** Whether a host name of a URL or of a Host header means this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

function list(isGood: (item: string) => boolean, expected: string, separator = /,/) {
  return z
    .string()
    .transform((text) => text.split(separator).map((item) => item.trim()))
    .transform((items) => items.filter((item) => item !== ''))
    .refine((items) => items.length > 0 && items.every(isGood), expected)
}

function isSafeOrigin(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.origin !== text) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}
