import { type AnyVariables, type CombinedError, stringifyVariables, type UseQueryResponse } from 'urql'

/** What is known of the answer to the question that is being asked now. */
export interface Answer<Data> {
  data: Data | undefined
  error: CombinedError | undefined
  /** The answer, or a newer one, is on its way. */
  fetching: boolean
  askAgain: () => void
}

/**
 * Reads the response of a query hook as the answer to `asked`. While a question with other variables is on its way,
 * the hook still holds the answer to the former question, which says nothing of this one.
 */
export function readAnswer<Data, Variables extends AnyVariables>(
  [{ data, error, operation, fetching, stale }, ask]: UseQueryResponse<Data, Variables>,
  asked: Variables,
): Answer<Data> {
  const askAgain = () => ask({ requestPolicy: 'network-only' })
  const isCurrent = stringifyVariables(operation?.variables) === stringifyVariables(asked)
  if (!isCurrent) return { data: undefined, error: undefined, fetching: true, askAgain }
  return { data, error, fetching: fetching || stale, askAgain }
}
