import type { Sandbox } from '@sentry-graph/sentry-sandbox'

/** What the sandbox answers to a person who asks it directly, to hold what the graph tells against. */
export type Wire = (path: string) => Promise<WireBody>

// Answers have the shape of their endpoint, which tests know better than the compiler.
// oxlint-disable-next-line typescript/no-explicit-any
export type WireBody = any

export function openWire(sandbox: Sandbox, name: 'mira' | 'noor' | 'sam'): Wire {
  const person = sandbox.people.find(({ email }) => email.startsWith(name))
  if (!person) throw new Error(`The sandbox knows nobody called ${name}`)
  const { accessToken } = sandbox.issueTokens(person.id)
  return async (path) => {
    const headers = { authorization: `Bearer ${accessToken}` }
    const response = await fetch(`${sandbox.url}/api/0/${path}`, { headers })
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}`)
    return await response.json()
  }
}
