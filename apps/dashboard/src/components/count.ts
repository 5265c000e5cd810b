/** What is known of a connection's size. */
export interface Countable {
  totalCount: number | string | null
  totalCountIsCapped: boolean
  pageInfo: { hasNextPage: boolean }
}

const format = new Intl.NumberFormat('en')

/**
 * A number that claims no more than is known: Sentry's total when it gives one ("63", "1,000+" when it stops
 * counting there), else what has been loaded ("5", "25+" when there is more).
 */
export function countText(connection: Countable, loaded: number): string {
  if (connection.totalCount !== null) {
    return format.format(Number(connection.totalCount)) + (connection.totalCountIsCapped ? '+' : '')
  }
  return format.format(loaded) + (connection.pageInfo.hasNextPage ? '+' : '')
}

/** "1 project", "25+ projects". */
export function countNoun(count: string, singular: string): string {
  return `${count} ${count === '1' ? singular : `${singular}s`}`
}
