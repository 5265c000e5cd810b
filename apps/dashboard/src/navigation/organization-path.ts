/** The address of an organization's page. */
export function organizationPath(slug: string): string {
  return `/o/${encodeURIComponent(slug)}`
}
