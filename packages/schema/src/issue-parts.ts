import type { IssueParts, IssueStatsPeriod } from '@sentry-graph/sentry-api'
import type { GraphQLResolveInfo } from 'graphql'
import { type Selection, selectionOf } from './selection.ts'

/** What a list of issues has to bring along for the fields that are selected of them. */
export function selectedIssueParts(info: GraphQLResolveInfo): IssueParts {
  return issuePartsOf(selectionOf(info, 'Issue'))
}

/** The same for a selection of issues, wherever it stands. */
export function issuePartsOf(selection: Selection): IssueParts {
  const [trend] = selection.argumentsOf('trend')
  return {
    numbers: selection.has('eventCount', 'userCount', 'firstSeen', 'lastSeen'),
    isUnhandled: selection.has('isUnhandled'),
    statsPeriod: isStatsPeriod(trend?.['period']) ? trend['period'] : null,
  }
}

/** Everything that an issue can be asked for, with the series of a period. */
export function wholeIssueParts(statsPeriod: IssueStatsPeriod): IssueParts {
  return { numbers: true, isUnhandled: true, statsPeriod }
}

function isStatsPeriod(value: unknown): value is IssueStatsPeriod {
  return value === '24h' || value === '14d'
}
