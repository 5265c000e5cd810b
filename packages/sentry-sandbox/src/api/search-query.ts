/** A search text in parts: `key:value` terms by key, and the words that are left. */
export interface SearchQuery {
  terms: ReadonlyMap<string, readonly string[]>
  text: string
}

const part = /"[^"]*"|[^\s"]+(?:"[^"]*")?/g
const term = /^(!?[A-Za-z_.]+):(.*)$/s

/** Splits the `query` parameter of a list as Sentry does: at spaces outside quotes, at the first colon of a part. */
export function readSearchQuery(parameters: URLSearchParams): SearchQuery {
  const terms = new Map<string, string[]>()
  const words: string[] = []
  for (const piece of (parameters.getAll('query').at(-1) ?? '').match(part) ?? []) {
    const [, key, value] = term.exec(piece) ?? []
    if (key === undefined || value === undefined) words.push(unquote(piece))
    else terms.set(key, [...(terms.get(key) ?? []), unquote(value)])
  }
  return { terms, text: words.join(' ') }
}

const unquote = (text: string) => text.replaceAll('"', '')

/** What a list understands of a search: a test for each term's values, and one for free text. */
export interface SearchRules<T> {
  terms: Readonly<Record<string, (item: T, values: readonly string[]) => boolean>>
  text: (item: T) => readonly string[]
}

/** The items that fit a search. A term the list does not know fits nothing. */
export function search<T>(items: readonly T[], query: SearchQuery, rules: SearchRules<T>): T[] {
  const wanted = query.text.toLowerCase()
  return items.filter(
    (item) =>
      [...query.terms].every(([key, values]) => Object.hasOwn(rules.terms, key) && rules.terms[key]?.(item, values)) &&
      rules.text(item).some((text) => text.toLowerCase().includes(wanted)),
  )
}
