import type { ProjectCardFragment } from '../../generated/graphql.ts'

export const projectOrders = {
  '': { label: 'Bookmarked', compare: byBookmark },
  name: { label: 'Name', compare: byName },
  platform: { label: 'Platform', compare: byPlatform },
  newest: { label: 'Newest', compare: byAge },
} as const satisfies Record<string, ProjectOrder>

export type ProjectOrderKey = keyof typeof projectOrders

interface ProjectOrder {
  label: string
  compare: (left: ProjectCardFragment, right: ProjectCardFragment) => number
}

/** The order the address asks for; Sentry's own when it asks for none we know. */
export function readProjectOrder(value: string): ProjectOrderKey {
  return Object.hasOwn(projectOrders, value) ? (value as ProjectOrderKey) : ''
}

const text = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

function byName(left: ProjectCardFragment, right: ProjectCardFragment): number {
  return text.compare(left.name, right.name)
}

function byBookmark(left: ProjectCardFragment, right: ProjectCardFragment): number {
  return Number(right.isBookmarked) - Number(left.isBookmarked) || text.compare(left.slug, right.slug)
}

function byPlatform(left: ProjectCardFragment, right: ProjectCardFragment): number {
  return text.compare(left.platform ?? '\uffff', right.platform ?? '\uffff') || byName(left, right)
}

function byAge(left: ProjectCardFragment, right: ProjectCardFragment): number {
  return (right.dateCreated ?? '').localeCompare(left.dateCreated ?? '') || byName(left, right)
}
