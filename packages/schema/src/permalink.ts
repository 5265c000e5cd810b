import type { Organization } from '@sentry-graph/sentry-api'
import { webAddress } from './web-address.ts'

/** A page inside an organization: `{ page: 'projects/web/' }`, or one of its settings: `{ settings: 'teams/web/' }`. */
export type PageInOrganization = { page: string } | { settings: string }

/**
 * The address of a page in Sentry's web UI. On sentry.io an organization has a host of its own
 * (`https://acme.sentry.io/projects/web/`); elsewhere it is part of the path (`https://host/organizations/acme/projects/web/`).
 */
export function permalink(organization: Organization, sentryUrl: string, place: PageInOrganization): string | null {
  const base = URL.parse(webAddress(organization.organizationUrl) ?? sentryUrl)
  if (base === null) return null
  const hasOwnHost = base.hostname.startsWith(`${organization.slug.toLowerCase()}.`)
  const path = hasOwnHost ? pathOnOwnHost(place) : pathOnOneHost(encodeURIComponent(organization.slug), place)
  return new URL(path, base).href
}

function pathOnOwnHost(place: PageInOrganization): string {
  return 'page' in place ? `/${place.page}` : `/settings/${place.settings}`
}

function pathOnOneHost(slug: string, place: PageInOrganization): string {
  return 'page' in place ? `/organizations/${slug}/${place.page}` : `/settings/${slug}/${place.settings}`
}
