import { z } from 'zod'
import type { SentryClient } from '../sentry-client.ts'
import { readShape, texts } from '../shape.ts'
import { userShape } from './users.ts'

const apiIndexShape = z
  .object({ auth: z.object({ scopes: texts }).nullish(), user: userShape.nullish() })
  .transform(({ auth, user }) => ({ scopes: auth?.scopes ?? null, user: user ?? null }))

/** What the access token is: its scopes and its user, both null when Sentry takes the caller for anonymous. */
export type ApiIndex = z.output<typeof apiIndexShape>

/** `GET /api/0/` on the control host, any scope. */
export async function readApiIndex(client: SentryClient): Promise<ApiIndex> {
  const { body } = await client.get({ endpoint: '' })
  return readShape(apiIndexShape, body, '')
}
