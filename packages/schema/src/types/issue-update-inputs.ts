import { InputObjectRef, type InputFieldBuilder } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { ArchiveUntilInput, ResolveInput, ThresholdInput } from '../issue-update-inputs.ts'

interface IssueIdsInput {
  issueIds: readonly string[]
  clientMutationId?: string | null | undefined
}

const ThresholdRef = new InputObjectRef<GraphTypes, ThresholdInput>('ArchiveThreshold')
const ArchiveUntilRef = new InputObjectRef<GraphTypes, ArchiveUntilInput>('ArchiveUntil')
export const IssueIdsRef = new InputObjectRef<GraphTypes, IssueIdsInput>('IssueIdsInput')
export const ResolveRef = new InputObjectRef<GraphTypes, IssueIdsInput & ResolveInput>('ResolveIssuesInput')
export const ArchiveRef = new InputObjectRef<
  GraphTypes,
  IssueIdsInput & { until?: ArchiveUntilInput | null | undefined }
>('ArchiveIssuesInput')
export const AssignRef = new InputObjectRef<GraphTypes, IssueIdsInput & { assigneeId?: string | null | undefined }>(
  'AssignIssuesInput',
)
export const BookmarkRef = new InputObjectRef<GraphTypes, IssueIdsInput & { isBookmarked: boolean }>(
  'BookmarkIssuesInput',
)
export const SubscribeRef = new InputObjectRef<GraphTypes, IssueIdsInput & { isSubscribed: boolean }>(
  'SubscribeToIssuesInput',
)
export const CommentRef = new InputObjectRef<
  GraphTypes,
  { issueId: string; text: string; clientMutationId?: string | null | undefined }
>('CommentOnIssueInput')

/** What the mutations of issues take. */
export function addIssueUpdateInputs(builder: GraphBuilder): void {
  addArchiveUntil(builder)
  builder.inputType(IssueIdsRef, { description: 'Issues to change.', fields: issueIds })
  builder.inputType(ResolveRef, {
    description: 'Issues to resolve: now, unless a release is named.',
    fields: (t) => ({
      ...issueIds(t),
      inNextRelease: t.boolean({ description: 'Whether the next release is to have them resolved.' }),
      inRelease: t.string({
        description: 'The version of the release that has them resolved; `latest` is the newest.',
      }),
    }),
  })
  builder.inputType(ArchiveRef, {
    description: 'Issues to archive.',
    fields: (t) => ({
      ...issueIds(t),
      until: t.field({ type: ArchiveUntilRef, description: 'Until when; for ever when left out.' }),
    }),
  })
  builder.inputType(AssignRef, {
    description: 'Issues to give to somebody.',
    fields: (t) => ({
      ...issueIds(t),
      assigneeId: t.id({ description: 'A user, or a team of their organization; nobody for null. It has to be said.' }),
    }),
  })
  builder.inputType(BookmarkRef, {
    description: 'Issues to bookmark, or to bookmark no more.',
    fields: (t) => ({
      ...issueIds(t),
      isBookmarked: t.boolean({ required: true, description: 'Whether the viewer bookmarks them.' }),
    }),
  })
  builder.inputType(SubscribeRef, {
    description: 'Issues to be told about, or to be told about no more.',
    fields: (t) => ({
      ...issueIds(t),
      isSubscribed: t.boolean({ required: true, description: 'Whether the viewer is told about them.' }),
    }),
  })
  builder.inputType(CommentRef, {
    description: 'A comment to write.',
    fields: (t) => ({
      issueId: t.id({ required: true, description: 'The issue, by its id in this graph.' }),
      text: t.string({ required: true, description: 'What to write, in Markdown; at most 65,536 characters.' }),
      clientMutationId: clientMutationId(t),
    }),
  })
}

function addArchiveUntil(builder: GraphBuilder): void {
  builder.inputType(ThresholdRef, {
    description: 'So many of something.',
    fields: (t) => ({
      count: t.int({ required: true, description: 'How many more: 1 to 1,000,000.' }),
      withinMinutes: t.int({ description: 'Within how many minutes: 1 to 10,080. In any time when left out.' }),
    }),
  })
  builder.inputType(ArchiveUntilRef, {
    description: 'Until when an issue stays archived.',
    isOneOf: true,
    fields: (t) => ({
      escalating: t.boolean({ description: 'Until its events become more than Sentry foresees; takes true.' }),
      minutes: t.int({ description: 'For so many minutes: 1 to 525,600.' }),
      events: t.field({ type: ThresholdRef, description: 'Until it has so many more events.' }),
      users: t.field({ type: ThresholdRef, description: 'Until so many more people meet it.' }),
    }),
  })
}

type Fields = InputFieldBuilder<GraphTypes, 'InputObject'>

function issueIds(t: Fields) {
  return {
    issueIds: t.idList({ required: true, description: 'Ids of issues of any organizations, at most 1,000.' }),
    clientMutationId: clientMutationId(t),
  }
}

function clientMutationId(t: Fields) {
  return t.string({ description: 'A text of the caller’s own, which the answer repeats.' })
}
