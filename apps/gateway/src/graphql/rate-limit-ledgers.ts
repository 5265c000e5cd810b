import { createRateLimitLedger, type RateLimitLedger } from '@sentry-graph/sentry-api'

/** What is forgotten is learnt again from the next answer. */
const MOST_LEDGERS = 2000

/** One ledger of Sentry's rate limits per grant; the grants that were busy last are remembered. */
export function createRateLimitLedgers(): (grantId: string) => RateLimitLedger {
  const ledgers = new Map<string, RateLimitLedger>()

  return (grantId) => {
    const ledger = ledgers.get(grantId) ?? createRateLimitLedger()
    // A Map keeps the order of insertion: taking an entry out and putting it back makes it the youngest.
    ledgers.delete(grantId)
    ledgers.set(grantId, ledger)
    const [oldest] = ledgers.keys()
    if (ledgers.size > MOST_LEDGERS && oldest !== undefined) ledgers.delete(oldest)
    return ledger
  }
}
