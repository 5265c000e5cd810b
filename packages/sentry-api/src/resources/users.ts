import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import type { SentryClient } from '../sentry-client.ts'
import { filledText, id } from '../shape.ts'

export const userShape = z.object({
  id,
  name: filledText,
  username: filledText,
  email: filledText,
  avatarUrl: filledText,
})

export type User = z.output<typeof userShape>

/** The person the access token speaks for. `GET auth/` on the control host, any scope; `users/me/` refuses tokens. */
export async function readCurrentUser(client: SentryClient): Promise<User> {
  const endpoint = '/api/0/auth/'
  const answer = await client.get({ endpoint })
  return readShape(userShape, answer, endpoint)
}
