/** Runs of characters as long as our secrets and Sentry's tokens and codes; addresses of people; queries of URLs. */
const patterns: readonly [RegExp, string][] = [
  [/[\w.+-]+@[\w-]+(\.[\w-]+)+/g, '[e-mail]'],
  [/\?[^\s'"]*/g, '?[query]'],
  [/[A-Za-z0-9_-]{40,}/g, '[secret]'],
]

/** A text without what looks like a secret or an e-mail address: the last net under texts that others wrote. */
export function scrub(text: string): string {
  return patterns.reduce((scrubbed, [pattern, replacement]) => scrubbed.replace(pattern, replacement), text)
}
