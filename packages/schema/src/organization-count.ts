/** How many organizations a person was last seen to have: what an estimate needs to know before Sentry is asked. */
export interface OrganizationCount {
  /** Null before anybody has counted. */
  readonly known: number | null
  see(count: number): void
}

export function createOrganizationCount(): OrganizationCount {
  let known: number | null = null
  return {
    get known() {
      return known
    },
    see(count) {
      known = count
    },
  }
}
