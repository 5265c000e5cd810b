/** Texts that answers have shown, by type and field: what a walk through the schema gives as arguments. */
export interface KnownTexts {
  learn(answer: unknown): void
  /** Of `Type.field`; where the type is null, of any type. */
  of(type: string | null, field: string): string[]
}

const MOST_PER_FIELD = 3

export function createKnownTexts(): KnownTexts {
  const known = new Map<string, Set<string>>()

  function learn(value: unknown): void {
    if (Array.isArray(value)) value.forEach(learn)
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return
    const { __typename: type } = value as { __typename?: unknown }
    for (const [name, inner] of Object.entries(value)) {
      if (typeof inner !== 'string') learn(inner)
      else if (typeof type === 'string') add(`${type}.${name}`, inner)
    }
  }

  function add(coordinate: string, text: string): void {
    const texts = known.get(coordinate) ?? new Set()
    if (texts.size < MOST_PER_FIELD) known.set(coordinate, texts.add(text))
  }

  return {
    learn,
    of: (type, field) =>
      [...known].flatMap(([coordinate, texts]) => {
        const [ofType, ofField] = coordinate.split('.')
        return ofField === field && (type === null || type === ofType) ? [...texts] : []
      }),
  }
}
