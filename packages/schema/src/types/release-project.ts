import { ObjectRef } from '@pothos/core'
import type { ReleaseHealth, ReleaseProject } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry, givesReference } from '../call-plan.ts'
import { requireSignedIn } from '../context.ts'
import { projectSource, type ReleaseSource } from '../node-source.ts'
import { ProjectRef } from './project.ts'

interface ReleaseProjectSource {
  release: ReleaseSource
  record: ReleaseProject
}

export const ReleaseProjectRef = new ObjectRef<GraphTypes, ReleaseProjectSource>('ReleaseProject')
const ReleaseHealthRef = new ObjectRef<GraphTypes, ReleaseHealth>('ReleaseHealth')

const source = 'Comes with the release; no Sentry call of its own.'
const measured = 'Measured over the last 14 days; no Sentry call of its own.'

export function addReleaseProject(builder: GraphBuilder): void {
  builder.objectType(ReleaseHealthRef, {
    description: 'How a release does in one project, from its sessions of the last 14 days.',
    fields: (t) => ({
      crashFreeSessions: t.exposeFloat('crashFreeSessions', {
        description: `Which part of its sessions did not crash, 0 to 1; null without sessions. ${measured}`,
      }),
      crashFreeUsers: t.exposeFloat('crashFreeUsers', {
        description: `Which part of its users saw no crash, 0 to 1; null without users. ${measured}`,
      }),
      adoption: t.exposeFloat('adoption', {
        description:
          'Which part of the project’s users of the last day it has, 0 to 1; null in lists of releases, for Sentry tells it of a single one only. No Sentry call of its own.',
      }),
      sessionCount: t.expose('totalSessions', { type: 'Count', description: `How many sessions. ${measured}` }),
      userCount: t.expose('totalUsers', { type: 'Count', description: `How many users. ${measured}` }),
    }),
  })
  builder.objectType(ReleaseProjectRef, {
    description: 'A project that a release is of.',
    fields: (t) => ({
      project: t.field({
        type: ProjectRef,
        extensions: givesReference,
        description:
          'The project: its ids, slug, name and platform come along. The rest costs a call for all such projects of an organization: `GET organizations/{org}/projects/?query=id:…` (scope `org:read`); null where that fails.',
        resolve: ({ release, record }) => projectSource(release.organization, record),
      }),
      newIssueCount: t.int({
        description: `How many of the project’s issues were seen first in it. ${source}`,
        resolve: ({ record }) => record.newGroups,
      }),
      health: t.field({
        type: ReleaseHealthRef,
        // Ten projects are assumed of each of hundred releases.
        extensions: asksSentry({ endpoint: 'GET organizations/{org}/sessions/', serves: 'siblings', batchSize: 1000 }),
        description:
          'How it does there; null for a project without sessions. Comes with a single release; in lists it costs a call for all releases of an organization: `GET organizations/{org}/sessions/?groupBy=release` (scope `org:read`).',
        resolve: async ({ release: { organization, version }, record }, _, context) => {
          if (record.health !== undefined || record.hasHealthData === false) return record.health
          const { releaseHealth } = requireSignedIn(context).loaders
          const { byProject } = await releaseHealth.load({ organization, key: version })
          return byProject.get(record.id)
        },
      }),
    }),
  })
}
