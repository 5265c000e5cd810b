import { GraphError } from './graph-error.ts'
import { readIssueIds } from './issue-ids.ts'
import { inBatches } from './issue-writes.ts'

/** How many calls a mutation with these arguments makes for its issues, `size` in each; 1 for what it will refuse. */
export function countBatches({ input }: Readonly<Record<string, unknown>>, size: number): number {
  const { issueIds } = input as { issueIds: readonly string[] }
  try {
    return inBatches(readIssueIds(issueIds), size).length
  } catch (error) {
    if (error instanceof GraphError) return 1
    throw error
  }
}
