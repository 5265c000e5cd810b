import {
  addIssueComment,
  type Issue,
  type IssueParts,
  type IssueUpdate,
  listIssuesById,
  updateIssues,
} from '@sentry-graph/sentry-api'
import { inChunks } from './chunks.ts'
import type { SignedInContext } from './context.ts'
import { AuthenticationEndedError } from './graph-error.ts'
import type { IssueReference } from './issue-ids.ts'
import {
  describeFailure,
  issueNotFound,
  type IssueWriteFailure,
  type IssueWriteOutcome,
  missingScope,
} from './issue-write-failure.ts'
import { addressOf, issueSource, type IssueSource } from './node-source.ts'

/** What became of one issue, and the issue as it is after that. */
export interface IssueUpdateResult {
  issueId: string
  outcome: IssueWriteOutcome
  /** Null where the outcome is `changed`. */
  failure: IssueWriteFailure | null
  issue: IssueSource | null
}

/** Issues of one organization that one call is about. */
type Batch = readonly [IssueReference, ...IssueReference[]]

/** Request lines of 8 KiB are the least that servers take; an id has about 15 characters there. */
export const IDS_PER_WRITE = 400
export const IDS_PER_READ = 100

/**
 * Does something to issues, one call per organization and 400 issues, and reads them again, one call per organization and
 * 100 issues. The results are in the order of the issues. A call that fails takes its own issues with it.
 * @throws AuthenticationEndedError when that is why none was changed.
 */
export async function writeIssues(
  context: SignedInContext,
  issues: readonly IssueReference[],
  { update, parts }: { update: IssueUpdate; parts: IssueParts },
): Promise<IssueUpdateResult[]> {
  if (!mayWrite(context)) return issues.map((issue) => failed(issue, 'refused', missingScope))
  const written = await settle(inBatches(issues, IDS_PER_WRITE), async (batch) => {
    const [{ organization, id }, ...others] = batch
    const ids: [string, ...string[]] = [id, ...others.map((other) => other.id)]
    const hasFound = await updateIssues(context.sentry, addressOf(organization), { ids, update })
    return hasFound ? await readAgain(context, batch, parts) : batch.map(notFound)
  })
  const byId = new Map(written.map((result) => [result.issueId, result]))
  return issues.flatMap(({ globalId }) => byId.get(globalId) ?? [])
}

/** Writes a comment beneath an issue and reads the issue again. @throws AuthenticationEndedError */
export async function commentOnIssue(
  context: SignedInContext,
  issue: IssueReference,
  { text, parts }: { text: string; parts: IssueParts },
): Promise<IssueUpdateResult> {
  if (!mayWrite(context)) return failed(issue, 'refused', missingScope)
  const [result] = await settle([[issue]], async () => {
    await addIssueComment(context.sentry, addressOf(issue.organization), { issue: issue.id, text })
    return await readAgain(context, [issue], parts)
  })
  return result ?? notFound(issue)
}

/** Issues by the call that changes them: of one organization, at most `size`. */
export function inBatches(issues: readonly IssueReference[], size: number): Batch[] {
  const byOrganization = Map.groupBy(issues, ({ organization }) => organization.sentryId)
  return [...byOrganization.values()]
    .flatMap((ofOne) => inChunks(ofOne, size))
    .filter((chunk): chunk is [IssueReference, ...IssueReference[]] => chunk.length > 0)
}

/** Whether the scopes of the sign-in allow it. In an organization the person’s role may still not. */
function mayWrite({ viewer }: SignedInContext): boolean {
  return ['event:write', 'event:admin'].some((scope) => viewer.session.scopes.includes(scope))
}

/** Sentry passes over in silence what it does not find, so only the issues themselves tell that they were changed. */
async function readAgain(context: SignedInContext, written: Batch, parts: IssueParts): Promise<IssueUpdateResult[]> {
  const { sentry, loaders } = context
  for (const { organization, id } of written) {
    const reference = { organization, key: id }
    for (const loader of [loaders.issues, ...Object.values(loaders.issueTrends)]) loader.forget(reference)
  }
  const results = inBatches(written, IDS_PER_READ).map(async (batch) => {
    try {
      const ids = batch.map(({ id }) => id)
      const records = await listIssuesById(sentry, addressOf(batch[0].organization), { ids, parts })
      const byId = new Map(records.map((record) => [record.id, record]))
      return batch.map((issue) => confirm(issue, byId.get(issue.id)))
    } catch (error) {
      // Sentry has accepted the change; what it did to which issue nobody knows.
      const { failure } = describeFailure(error)
      return batch.map((issue) => failed(issue, 'unknown', failure))
    }
  })
  return (await Promise.all(results)).flat()
}

async function settle(
  batches: readonly Batch[],
  write: (batch: Batch) => Promise<IssueUpdateResult[]>,
): Promise<IssueUpdateResult[]> {
  const settled = await Promise.allSettled(batches.map(write))
  const errors = settled.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  const [ended] = errors
  const hasEnded = errors.every((error) => error instanceof AuthenticationEndedError)
  if (ended !== undefined && hasEnded && errors.length === batches.length) throw ended
  return settled.flatMap((result, index) => {
    if (result.status === 'fulfilled') return result.value
    const { outcome, failure } = describeFailure(result.reason)
    return (batches[index] ?? []).map((issue) => failed(issue, outcome, failure))
  })
}

function confirm(issue: IssueReference, record: Issue | undefined): IssueUpdateResult {
  if (record === undefined) return notFound(issue)
  const { globalId, organization } = issue
  return { issueId: globalId, outcome: 'changed', failure: null, issue: issueSource(organization, record) }
}

function notFound(issue: IssueReference): IssueUpdateResult {
  return failed(issue, 'refused', issueNotFound)
}

function failed(
  { globalId }: IssueReference,
  outcome: IssueWriteOutcome,
  failure: IssueWriteFailure,
): IssueUpdateResult {
  return { issueId: globalId, outcome, failure, issue: null }
}
