import type { Graph } from './graph.ts'

/** Asks the sandbox one thing after the other, as one does who reads Sentry’s manual page by page. */
export type NaiveGet = <Body>(path: string, origin?: string) => Promise<Body>

export interface NaiveClient {
  /** How many calls the work makes. */
  count(work: (get: NaiveGet) => Promise<void>): Promise<number>
}

export function createNaiveClient({ sandbox }: Graph, name: string): NaiveClient {
  const person = sandbox.people.find(({ email }) => email.startsWith(name))
  if (!person) throw new Error(`The sandbox knows nobody called ${name}`)
  const { accessToken } = sandbox.issueTokens(person.id)

  const get: NaiveGet = async <Body>(path: string, origin = sandbox.url) => {
    const response = await fetch(`${origin}/api/0/${path}`, { headers: { authorization: `Bearer ${accessToken}` } })
    if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${path}`)
    return (await response.json()) as Body
  }

  return {
    async count(work) {
      const before = sandbox.requests.length
      await work(get)
      return sandbox.requests.length - before
    },
  }
}
