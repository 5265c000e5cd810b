import { drawId, drawMoment } from './draw.ts'

export interface Team {
  id: string
  slug: string
  name: string
  dateCreated: string
}

/** Makes a team of an organization that was founded on the given ISO date. */
export function createTeam(organization: { slug: string; founded: string }, slug: string, name: string): Team {
  const key = `${organization.slug}/team/${slug}`
  return { id: drawId(key), slug, name, dateCreated: drawMoment(`${key}/created`, organization.founded, '2026-03-01') }
}
