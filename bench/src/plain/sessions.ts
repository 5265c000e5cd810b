import { randomUUID } from 'node:crypto'

/** Who sends a request, as both plain servers keep it: in memory, under the value of a cookie. */
export interface PlainSession {
  accessToken: string
  user: { id: string; name: string; email: string }
}

export const cookieName = 'session'

/** Sessions of one person; the keys are what the cookie holds. */
export function createSessions(count: number, personId: string): Map<string, PlainSession> {
  const user = { id: personId, name: 'Mira Lindqvist', email: 'mira@lumenfreight.example' }
  return new Map(Array.from({ length: count }, () => [randomUUID(), { accessToken: randomUUID(), user }]))
}
