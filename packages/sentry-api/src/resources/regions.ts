import { z } from 'zod'
import { readShape } from '../json-answer.ts'
import { lifetimes } from '../lifetimes.ts'
import type { SentryClient } from '../sentry-client.ts'
import { requiredText } from '../shape.ts'

const regionsShape = z.object({ regions: z.array(z.object({ name: requiredText, url: requiredText })) })

export type Region = z.output<typeof regionsShape>['regions'][number]

/**
 * The regions where the person has organizations, by name. `GET users/me/regions/` on the control host, scope
 * `org:read`. @throws SentryApiError `not_found` on self-hosted servers without regions.
 */
export async function listRegions(client: SentryClient): Promise<Region[]> {
  const endpoint = '/api/0/users/me/regions/'
  const answer = await client.get({ endpoint, lifetime: lifetimes.regions })
  return readShape(regionsShape, answer, endpoint).regions
}

/**
 * Asks a region for the smallest list that every region serves, and remembers nothing of it: whether it answers is to be
 * known of now. `GET organizations/?per_page=1` at the region, scope `org:read`. @throws SentryApiError
 */
export async function probeRegion(client: SentryClient, regionUrl: string): Promise<void> {
  await client.get({ endpoint: '/api/0/organizations/', query: { per_page: 1 }, regionUrl })
}
