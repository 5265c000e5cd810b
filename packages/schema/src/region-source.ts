import { listRegions, probeRegion, type SentryClient, SentryApiError } from '@sentry-graph/sentry-api'
import { GraphError } from './graph-error.ts'
import { webAddress } from './web-address.ts'

export interface RegionSource {
  url: string
}

/**
 * The region of an organization; the control host where Sentry names none.
 * @throws GraphError `UPSTREAM_INVALID` for a region URL that is none.
 */
export function regionSource(sentry: SentryClient, regionUrl: string | null): RegionSource {
  const url = regionUrl === null ? sentry.sentryUrl : webAddress(regionUrl)
  if (url === null) throw new GraphError('UPSTREAM_INVALID', 'Sentry names a region by something that is no URL.')
  return { url }
}

/** The viewer's regions; one, the control host itself, on servers that have no such list. */
export async function listRegionSources(sentry: SentryClient): Promise<RegionSource[]> {
  const regions = await listKnownRegions(sentry)
  return regions?.map(({ url }) => regionSource(sentry, url)) ?? [regionSource(sentry, null)]
}

/** The name Sentry gives to a region. However many regions ask, the client makes one call. */
export async function findRegionName(sentry: SentryClient, { url }: RegionSource): Promise<string | null> {
  const regions = await listKnownRegions(sentry)
  return regions?.find((region) => isSameOrigin(region.url, url))?.name ?? null
}

/** Whether the region answers, asked by the smallest list that every region serves. */
export async function isReachable(sentry: SentryClient, { url }: RegionSource): Promise<boolean> {
  try {
    await probeRegion(sentry, url)
    return true
  } catch (error) {
    if (error instanceof SentryApiError && (error.code === 'unavailable' || error.code === 'timeout')) return false
    throw error
  }
}

async function listKnownRegions(sentry: SentryClient) {
  try {
    return await listRegions(sentry)
  } catch (error) {
    if (error instanceof SentryApiError && error.code === 'not_found') return null
    throw error
  }
}

function isSameOrigin(one: string, other: string): boolean {
  const origin = URL.parse(one)?.origin
  return origin !== undefined && origin === URL.parse(other)?.origin
}
