import { InputObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { IssueFilterInput } from '../issue-search.ts'
import type { addIssuePriority } from './issue-priority.ts'
import type { addIssueStatus } from './issue-status.ts'
import type { addLevel } from './level.ts'

export const IssueFilterRef = new InputObjectRef<GraphTypes, IssueFilterInput>('IssueFilter')

interface FilterEnums {
  level: ReturnType<typeof addLevel>
  status: ReturnType<typeof addIssueStatus>
  priority: ReturnType<typeof addIssuePriority>
}

export function addIssueFilter(builder: GraphBuilder, enums: FilterEnums): void {
  builder.inputType(IssueFilterRef, {
    description: 'Which issues to list: those for which all of it holds. Without any of it, issues of every status.',
    fields: (t) => ({
      query: t.string({ description: 'Sentry’s search syntax, such as `is:unresolved checkout`.' }),
      status: t.field({ type: [enums.status], description: 'One of these, at most 50: those that Sentry can search.' }),
      level: t.field({ type: [enums.level], description: 'One of these, at most 50.' }),
      priority: t.field({ type: [enums.priority], description: 'One of these, at most 50.' }),
      assignedToViewer: t.boolean({ description: 'Whether the viewer or a team of theirs is to look after it.' }),
      projectIds: t.idList({
        description: 'In one of these projects, at most 50; of one organization, unless the list is the viewer’s.',
      }),
      environments: t.stringList({ description: 'With events in one of these environments, at most 50.' }),
      release: t.string({ description: 'With events of this release’s version.' }),
    }),
  })
}
