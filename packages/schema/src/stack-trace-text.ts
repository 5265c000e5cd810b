import type { Event, ExceptionValue, Frame, StackTrace } from '@sentry-graph/sentry-api'

export interface StackTraceTextOptions {
  newestFirst: boolean
  inAppOnly: boolean
}

/** An event's exceptions and their frames as plain text, for an editor or a ticket; null where it has none. */
export function stackTraceText(
  { exceptions, stackTrace }: Pick<Event, 'exceptions' | 'stackTrace'>,
  options: StackTraceTextOptions,
): string | null {
  const blocks = exceptions.map((exception) => exceptionText(exception, options))
  if (blocks.length === 0 && stackTrace !== null) blocks.push(framesText(stackTrace, options).join('\n'))
  // Sentry's last exception is the one that was thrown last.
  const ordered = options.newestFirst ? blocks.toReversed() : blocks
  return ordered.length === 0 ? null : ordered.join('\n\n')
}

function exceptionText({ type, value, stacktrace }: ExceptionValue, options: StackTraceTextOptions): string {
  const headline = [type, value].filter((part) => part !== null).join(': ')
  const frames = stacktrace === null ? [] : framesText(stacktrace, options)
  return [headline === '' ? '(no message)' : headline, ...frames].join('\n')
}

function framesText({ frames }: StackTrace, { newestFirst, inAppOnly }: StackTraceTextOptions): string[] {
  const shown = inAppOnly ? frames.filter(({ inApp }) => inApp === true) : frames
  return (newestFirst ? shown.toReversed() : shown).map(frameText)
}

function frameText({ function: name, module, filename, lineNo, colNo }: Frame): string {
  const place = [filename ?? module ?? '(unknown)', lineNo, colNo].filter((part) => part !== null).join(':')
  return `  at ${name ?? '(anonymous)'} (${place})`
}
