/** A GET of Sentry’s REST API, as one writes it in an afternoon. */
export async function getFromSentry<T>(url: string, accessToken: string): Promise<T> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' },
    signal: AbortSignal.timeout(10_000),
  })
  if (!response.ok) throw new Error(`Sentry answered ${response.status}`)
  return (await response.json()) as T
}

export const organizationsPath = '/api/0/organizations/?per_page=25'
export const organizationPath = (slug: string) => `/api/0/organizations/${slug}/?detailed=0`
export const projectsPath = (slug: string) =>
  `/api/0/organizations/${slug}/projects/?collapse=latestDeploys&collapse=unusedFeatures&per_page=100`
export const teamsPath = (slug: string) => `/api/0/organizations/${slug}/teams/?detailed=0&per_page=25`
export const issuePath = (slug: string, shortId: string) => `/api/0/organizations/${slug}/shortids/${shortId}/`
export const eventPath = (slug: string, id: string) => `/api/0/organizations/${slug}/issues/${id}/events/recommended/`
export const tagPath = (slug: string, id: string, key: string) =>
  `/api/0/organizations/${slug}/issues/${id}/tags/${key}/`

export function issuesPath(slug: string): string {
  const query = 'query=&sort=date&project=-1&collapse=filtered&collapse=unhandled&groupStatsPeriod=&limit=25'
  return `/api/0/organizations/${slug}/issues/?${query}`
}

/** The same with the numbers of the last 90 days, by which lists of several organizations can be compared. */
export const inboxPath = (slug: string) => `${issuesPath(slug)}&statsPeriod=90d`
