import type { ArgBuilder } from '@pothos/core'
import type { GraphTypes } from '../builder.ts'
import { connectionArguments } from '../connection.ts'
import { IssueFilterRef } from './issue-filter.ts'
import type { addIssueSort } from './issue-sort.ts'
import { TimeRangeRef } from './time-range.ts'

/** The arguments of every list of issues. */
export function issueListArguments(arg: ArgBuilder<GraphTypes>, sort: ReturnType<typeof addIssueSort>) {
  return {
    filter: arg({ type: IssueFilterRef, description: 'Which ones; of every status when left out.' }),
    sort: arg({ type: sort, defaultValue: 'date', description: 'In which order.' }),
    range: arg({
      type: TimeRangeRef,
      description:
        'With events in it, and with the numbers of it; in the last 90 days when left out, with the numbers of all time in the list of one organization or project.',
    }),
    ...connectionArguments(arg),
  }
}
