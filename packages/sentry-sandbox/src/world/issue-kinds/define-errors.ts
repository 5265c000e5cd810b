import type { IssueKind, Level } from '../issue-kind.ts'

/** Type, value, file, function and module of an error, and what else is not as usual. */
export type ErrorDefinition = readonly [
  type: string,
  value: string,
  file: string,
  functionName: string,
  module: string,
  changes?: { level?: Level; isHandled?: boolean; cause?: { type: string; value: string } },
]

/** Kinds of ordinary errors: unhandled and of level `error` unless told otherwise. */
export function defineErrors(definitions: readonly ErrorDefinition[]): IssueKind[] {
  return definitions.map(([type, value, file, functionName, module, changes = {}]) => ({
    eventType: 'error',
    issueType: 'error',
    issueCategory: 'error',
    level: changes.level ?? 'error',
    type,
    value,
    place: { file, function: functionName, module },
    isHandled: changes.isHandled ?? false,
    ...(changes.cause === undefined ? {} : { cause: changes.cause }),
  }))
}
