export type Level = 'sample' | 'debug' | 'info' | 'warning' | 'error' | 'fatal'

/** What the events of an issue say and show; the words in braces are drawn for each issue. */
export interface IssueKind {
  /** The type that its events have. */
  eventType: 'error' | 'default' | 'csp' | 'transaction' | 'generic' | 'feedback' | 'metric'
  issueType: string
  issueCategory: string
  level: Level
  /** Of the exception; empty for messages. */
  type: string
  /** Of the exception, or the message. */
  value: string
  /** Where it is raised; null for what has no stack trace. */
  place: Place | null
  isHandled: boolean
  /** Name and value, as the evidence of an occurrence shows them. */
  evidence?: readonly (readonly [name: string, value: string])[]
  /** What the exception was caused by. */
  cause?: { type: string; value: string }
}

export interface Place {
  file: string
  function: string
  module: string
}
