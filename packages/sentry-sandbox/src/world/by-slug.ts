/** Orders records by slug, by code unit: the order must not depend on the locale of the machine. */
export function bySlug(left: { slug: string }, right: { slug: string }): number {
  return Number(left.slug > right.slug) - Number(left.slug < right.slug)
}
