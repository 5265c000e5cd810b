import { encodeGlobalId } from '../src/global-id.ts'
import type { Graph } from './graph.ts'

const org = 'organizations/lumen-freight'

/** A release as Sentry's lists and details carry it. */
export interface WireRelease {
  version: string
  shortVersion: string
  dateCreated: string
  newGroups: number
  commitCount: number
  deployCount: number
  authors: { id?: string; name: string; email: string }[]
  projects: { id: number; slug: string; newGroups: number; healthData?: Record<string, number | null> }[]
  lastDeploy: { id: string; environment: string } | null
}

/** The releases of an organization as Sentry has them, newest first. */
export const wireReleases = async (graph: Graph, parameters = ''): Promise<WireRelease[]> =>
  await graph.wire('mira', `${org}/releases/?project=-1&per_page=100${parameters}`)

/** A release that has everything: a build number in its version, commits, deploys and sessions. */
export async function findRichRelease(graph: Graph): Promise<WireRelease & { globalId: string }> {
  const { id } = await graph.wire('mira', `${org}/`)
  const releases = await wireReleases(graph, '&health=1')
  const release = releases.find(
    ({ version, commitCount, deployCount, projects: [project] }) =>
      /[@+]/.test(version) && commitCount > 2 && deployCount > 1 && (project?.healthData?.['totalSessions'] ?? 0) > 0,
  )
  if (!release) throw new Error('The world has no such release')
  return { ...release, globalId: encodeGlobalId({ kind: 'Release', organizationId: id, id: release.version }) }
}

/** What a release carries, as a selection. */
export const everything = `
  id version shortVersion status ref url dateCreated dateReleased firstEventAt lastEventAt
  newIssueCount commitCount deployCount
  authors { name email user { sentryId name } }
  lastDeploy { id environment name url dateStarted dateFinished }
  projects { newIssueCount project { sentryId slug name platform } }`
