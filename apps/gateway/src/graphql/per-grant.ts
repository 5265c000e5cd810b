/** What is forgotten is learnt again. */
const MOST_GRANTS = 2000

/** Gives each grant one thing of its own; those of the grants that were busy last are remembered. */
export function rememberPerGrant<T>(create: () => T): (grantId: string) => T {
  const remembered = new Map<string, T>()

  return (grantId) => {
    const thing = remembered.get(grantId) ?? create()
    // A Map keeps the order of insertion: taking an entry out and putting it back makes it the youngest.
    remembered.delete(grantId)
    remembered.set(grantId, thing)
    const [oldest] = remembered.keys()
    if (remembered.size > MOST_GRANTS && oldest !== undefined) remembered.delete(oldest)
    return thing
  }
}
