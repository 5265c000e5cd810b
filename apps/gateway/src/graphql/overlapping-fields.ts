import { Kind, type DocumentNode, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql'

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

/**
 * How many pairs of fields ask for the same name in the same place: GraphQL compares each pair (specification 5.3.2), so
 * this is the work that repeating a field makes. For documents without fragment cycles whose size has been found
 * acceptable: the work here is that of writing out all fragments.
 */
export function countOverlappingPairs(document: DocumentNode): number {
  const fragments = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  )
  let pairs = 0
  for (const definition of document.definitions)
    if ('selectionSet' in definition) pairs += countWithin([definition.selectionSet], fragments)
  return pairs
}

function countWithin(selectionSets: readonly SelectionSetNode[], fragments: Fragments): number {
  let pairs = 0
  for (const fields of groupByResponseName(selectionSets, fragments).values()) {
    pairs += (fields.length * (fields.length - 1)) / 2
    const inner = fields.flatMap(({ selectionSet }) => selectionSet ?? [])
    if (inner.length > 0) pairs += countWithin(inner, fragments)
  }
  return pairs
}

function groupByResponseName(selectionSets: readonly SelectionSetNode[], fragments: Fragments) {
  const groups = new Map<string, FieldNode[]>()
  const spread = new Set<string>()

  function collect({ selections }: SelectionSetNode) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value
        groups
          .set(name, groups.get(name) ?? [])
          .get(name)
          ?.push(selection)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        collect(selection.selectionSet)
      } else if (!spread.has(selection.name.value)) {
        spread.add(selection.name.value)
        const fragment = fragments.get(selection.name.value)
        if (fragment !== undefined) collect(fragment.selectionSet)
      }
    }
  }

  selectionSets.forEach(collect)
  return groups
}
