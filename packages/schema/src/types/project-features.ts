import { ObjectRef } from '@pothos/core'
import type { Project } from '@sentry-graph/sentry-api'
import type { GraphBuilder, GraphTypes } from '../builder.ts'

export const ProjectFeaturesRef = new ObjectRef<GraphTypes, Project>('ProjectFeatures')

const source =
  'Null when the server does not say. Sentry: carried by `GET organizations/{org}/projects/` (scope `org:read`).'

export function addProjectFeatures(builder: GraphBuilder): void {
  builder.objectType(ProjectFeaturesRef, {
    description: `Which kinds of data a project has received. ${source}`,
    fields: (t) => ({
      hasSessions: t.exposeBoolean('hasSessions', { description: `Sessions, the base of release health. ${source}` }),
      hasReplays: t.exposeBoolean('hasReplays', { description: `Session replays. ${source}` }),
      hasMonitors: t.exposeBoolean('hasMonitors', { description: `Check-ins of cron monitors. ${source}` }),
      hasProfiles: t.exposeBoolean('hasProfiles', { description: `Profiles. ${source}` }),
      hasMinifiedStackTrace: t.exposeBoolean('hasMinifiedStackTrace', {
        description: `Stack traces of minified code, which want source maps. ${source}`,
      }),
    }),
  })
}
