import { z } from 'zod'
import type { SentryClient } from '../sentry-client.ts'
import { readShape, requiredText } from '../shape.ts'

const regionsShape = z.object({ regions: z.array(z.object({ name: requiredText, url: requiredText })) })

export type Region = z.output<typeof regionsShape>['regions'][number]

/**
 * The regions where the person has organizations, by name. `GET users/me/regions/` on the control host, scope
 * `org:read`. @throws SentryApiError `not_found` on self-hosted servers without regions.
 */
export async function listRegions(client: SentryClient): Promise<Region[]> {
  const endpoint = '/api/0/users/me/regions/'
  const { body } = await client.get({ endpoint })
  return readShape(regionsShape, body, endpoint).regions
}
