import type { Sandbox } from '../sandbox.ts'
import { findPerson } from './sign-in.ts'

export interface ApiAnswer {
  status: number
  headers: Headers
  body: unknown
}

export type ApiClient = (path: string, init?: RequestInit & { origin?: string }) => Promise<ApiAnswer>

/** A client of the REST API with an access token of the person with that beginning of an address. */
export function createApiClient(sandbox: Sandbox, email: string, scopes?: readonly string[]): ApiClient {
  const { accessToken } = sandbox.issueTokens(findPerson(sandbox, email).id, scopes)
  return async (path, { origin = sandbox.url, headers, ...init } = {}) => {
    const all = new Headers(headers)
    if (!all.has('authorization')) all.set('authorization', `Bearer ${accessToken}`)
    const response = await fetch(`${origin}/api/0/${path}`, { redirect: 'manual', ...init, headers: all })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text }
  }
}

/** One member of every item of a list. */
export function pluck(body: unknown, name: string): unknown[] {
  if (!Array.isArray(body)) throw new TypeError(`The answer is no list: ${JSON.stringify(body)}`)
  return body.map((item: Record<string, unknown>) => item[name])
}

/** One member of every item of a list, as text. */
export const pluckTexts = (body: unknown, name: string): string[] => pluck(body, name).map(String)

/** The two relations of a `Link` header. */
export function readLinks(headers: Headers): Record<string, { url: string; results: string; cursor: string }> {
  const pattern = /<([^>]*)>; rel="(\w+)"; results="(\w+)"; cursor="([^"]*)"/g
  return Object.fromEntries(
    [...(headers.get('link') ?? '').matchAll(pattern)].map(([, url = '', relation = '', results = '', cursor = '']) => [
      relation,
      { url, results, cursor },
    ]),
  )
}
