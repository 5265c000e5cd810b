import { createExplanation, type Explanation } from '@sentry-graph/schema'

/** Asks for the plan of an operation in `extensions.plan`: `1` beside the answer, `only` instead of it. */
export const explainHeader = 'x-sentry-graph-explain'

/** Null for any other value: an explanation is worth its cost only to whoever asks for it. */
export function readExplanation(headers: Readonly<Record<string, unknown>>): Explanation | null {
  const wanted = headers[explainHeader]
  if (wanted === '1') return createExplanation('with answer')
  return wanted === 'only' ? createExplanation('only') : null
}
