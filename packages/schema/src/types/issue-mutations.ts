import { type InputRef, ObjectRef } from '@pothos/core'
import type { IssueUpdate } from '@sentry-graph/sentry-api'
import type { GraphQLResolveInfo } from 'graphql'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { requireSignedIn } from '../context.ts'
import { type IssueReference, readIssueId, readIssueIds } from '../issue-ids.ts'
import { issuePartsOf } from '../issue-parts.ts'
import { readArchive, readAssignee, readComment, readResolve } from '../issue-update-inputs.ts'
import { onlyWithIssueWrites } from '../issue-write-choice.ts'
import { countBatches } from '../issue-write-plan.ts'
import { commentOnIssue, IDS_PER_READ, IDS_PER_WRITE, type IssueUpdateResult, writeIssues } from '../issue-writes.ts'
import { selectionOf } from '../selection.ts'
import {
  addIssueUpdateInputs,
  ArchiveRef,
  AssignRef,
  BookmarkRef,
  CommentRef,
  IssueIdsRef,
  ResolveRef,
  SubscribeRef,
} from './issue-update-inputs.ts'
import { addIssueUpdateResult, IssueUpdateResultRef } from './issue-update-result.ts'

interface Payload<Result> {
  result: Result
  clientMutationId: string | null
}

const UpdateIssuesPayloadRef = new ObjectRef<GraphTypes, Payload<IssueUpdateResult[]>>('UpdateIssuesPayload')
const CommentOnIssuePayloadRef = new ObjectRef<GraphTypes, Payload<IssueUpdateResult>>('CommentOnIssuePayload')

const existence = 'Exists only where the gateway asks for `event:write` (`SENTRY_OAUTH_SCOPES`).'
const again = 'and one to read them again, per organization and 100 issues'
const cost = `Costs a call per organization and 400 issues, \`PUT organizations/{org}/issues/?id=…\` (scope \`event:write\`), ${again}: \`GET organizations/{org}/issues/?group=…\` (scope \`event:read\`). ${existence}`

/** What changes issues. Sentry is asked once: what is lost on the way is told, and not sent again. */
export function addIssueMutations(builder: GraphBuilder): void {
  addIssueUpdateResult(builder)
  addIssueUpdateInputs(builder)
  addPayloads(builder)

  addUpdate('resolveIssues', ResolveRef, 'Says that issues are fixed', (input) => readResolve(input))
  addUpdate('unresolveIssues', IssueIdsRef, 'Opens issues again', () => ({ status: 'unresolved' }))
  addUpdate('archiveIssues', ArchiveRef, 'Puts issues aside', ({ until }) => readArchive(until))
  addUpdate('assignIssues', AssignRef, 'Gives issues to somebody to look after', ({ assigneeId }, issues) =>
    readAssignee(assigneeId, issues),
  )
  addUpdate('markIssuesReviewed', IssueIdsRef, 'Takes issues out of what waits for review', () => ({ inbox: false }))
  addUpdate('bookmarkIssues', BookmarkRef, 'Bookmarks issues for the viewer, or no more', ({ isBookmarked }) => ({
    isBookmarked,
  }))
  addUpdate('subscribeToIssues', SubscribeRef, 'Has the viewer told about issues, or no more', ({ isSubscribed }) => ({
    isSubscribed,
  }))

  builder.mutationField('commentOnIssue', (t) =>
    t.field({
      type: CommentOnIssuePayloadRef,
      description: `Writes a comment beneath an issue. Costs a call, \`POST organizations/{org}/issues/{issue}/notes/\` (scope \`event:write\`), and one to read the issue again: \`GET organizations/{org}/issues/?group=…\` (scope \`event:read\`). ${existence}`,
      extensions: {
        ...onlyWithIssueWrites,
        ...asksSentry(
          { endpoint: 'POST organizations/{org}/issues/{issue}/notes/', serves: 'parent' },
          { endpoint: 'GET organizations/{org}/issues/', serves: 'parent' },
        ),
      },
      args: { input: t.arg({ type: CommentRef, required: true, description: 'Where to write what.' }) },
      resolve: async (_, { input }, context, info) => {
        const signedIn = requireSignedIn(context)
        const issue = readIssueId(input.issueId)
        const parts = issuePartsOf(selectionOf(info, 'CommentOnIssuePayload').beneath('result').beneath('issue'))
        const result = await commentOnIssue(signedIn, issue, { text: readComment(input.text), parts })
        return { result, clientMutationId: input.clientMutationId ?? null }
      },
    }),
  )

  function addUpdate<Input extends { issueIds: readonly string[]; clientMutationId?: string | null | undefined }>(
    name: string,
    input: InputRef<Input>,
    purpose: string,
    read: (input: Input, issues: readonly IssueReference[]) => IssueUpdate,
  ): void {
    builder.mutationField(name, (t) =>
      t.field({
        type: UpdateIssuesPayloadRef,
        description: `${purpose}. ${cost}`,
        extensions: {
          ...onlyWithIssueWrites,
          ...asksSentry(
            {
              endpoint: 'PUT organizations/{org}/issues/',
              serves: 'parent',
              times: (args) => countBatches(args, IDS_PER_WRITE),
            },
            {
              endpoint: 'GET organizations/{org}/issues/',
              serves: 'parent',
              times: (args) => countBatches(args, IDS_PER_READ),
            },
          ),
        },
        args: { input: t.arg({ type: input, required: true, description: 'Which issues, and what to do.' }) },
        resolve: async (_, args, context, info) => {
          // Pothos computes no shape of arguments whose input type is a parameter.
          const { input: given } = args as unknown as { input: Input }
          const signedIn = requireSignedIn(context)
          const issues = readIssueIds(given.issueIds)
          const update = read(given, issues)
          const result = await writeIssues(signedIn, issues, { update, parts: selectedParts(info) })
          return { result, clientMutationId: given.clientMutationId ?? null }
        },
      }),
    )
  }
}

function selectedParts(info: GraphQLResolveInfo) {
  return issuePartsOf(selectionOf(info, 'UpdateIssuesPayload').beneath('results').beneath('issue'))
}

function addPayloads(builder: GraphBuilder): void {
  const description = 'The text that the caller gave. No Sentry call.'
  builder.objectType(UpdateIssuesPayloadRef, {
    description: 'What became of issues that were to be changed.',
    fields: (t) => ({
      results: t.field({
        type: [IssueUpdateResultRef],
        nullable: false,
        description: 'One for each issue, in the order of their ids. No Sentry call of its own.',
        resolve: ({ result }) => result,
      }),
      clientMutationId: t.exposeString('clientMutationId', { description }),
    }),
  })
  builder.objectType(CommentOnIssuePayloadRef, {
    description: 'What became of a comment that was to be written.',
    fields: (t) => ({
      result: t.field({
        type: IssueUpdateResultRef,
        nullable: false,
        description: 'Whether it was written, and the issue. No Sentry call of its own.',
        resolve: ({ result }) => result,
      }),
      clientMutationId: t.exposeString('clientMutationId', { description }),
    }),
  })
}
