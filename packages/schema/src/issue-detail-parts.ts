import type { IssueDetailPart } from '@sentry-graph/sentry-api'
import type { GraphQLResolveInfo } from 'graphql'
import { type Selection, selectionOf } from './selection.ts'

/**
 * What the answer about one issue has to hold for the fields that are selected of it; null where none of them needs
 * that answer, so that a list of issues serves as well.
 */
export function selectedDetailParts(info: GraphQLResolveInfo): readonly IssueDetailPart[] | null {
  const selection = selectionOf(info, 'Issue')
  const parts: IssueDetailPart[] = [
    ...(selection.has('firstRelease', 'lastRelease') ? (['releases'] as const) : []),
    ...(selection.has('externalLinks') ? (['links'] as const) : []),
    ...(asksForAllTags(selection) ? (['tags'] as const) : []),
  ]
  if (parts.length === 0 && !selection.has('activity', 'participants')) return null
  return selection.has('trend') ? [...parts, 'stats'] : parts
}

function asksForAllTags(selection: Selection): boolean {
  return selection.argumentsOf('tags').some(({ keys }) => !Array.isArray(keys))
}
