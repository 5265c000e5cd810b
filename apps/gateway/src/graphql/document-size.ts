import {
  Kind,
  visit,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

/** How large a document is once every fragment stands where it is spread. */
export interface DocumentSize {
  /** Fields beneath each other, of the deepest operation. What is beneath `__schema` and `__type` has its own number. */
  depth: number
  introspectionDepth: number
  /** Of the operation that has the most. */
  aliases: number
  /** Fields, spreads and inline fragments of all definitions. May be Infinity. */
  selections: number
  /** As written: a fragment's count once. */
  directives: number
  /** A fragment contains itself: GraphQL refuses that, and here it counts as nothing where it would begin again. */
  isCyclic: boolean
}

type Extent = Omit<DocumentSize, 'directives' | 'isCyclic'>

const nothing: Extent = { depth: 0, introspectionDepth: 0, aliases: 0, selections: 0 }

/** Measures a document in time proportional to its text: each fragment is measured once, however often it is spread. */
export function measureDocument(document: DocumentNode): DocumentSize {
  const measure = createMeasure(document)
  let size = nothing
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) {
      const extent = measure.selectionSet(definition.selectionSet)
      size = { ...widest(size, extent), selections: size.selections + extent.selections }
    } else if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      size = { ...size, selections: size.selections + measure.fragment(definition.name.value).selections }
    }
  }
  return { ...size, directives: countDirectives(document), isCyclic: measure.hasMetCycle() }
}

function createMeasure(document: DocumentNode) {
  const definitions = new Map(
    document.definitions
      .filter((definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((definition) => [definition.name.value, definition]),
  )
  const measured = new Map<string, Extent | 'begun'>()
  let cycle = false

  function measureFragment(name: string): Extent {
    const known = measured.get(name)
    if (known === 'begun') cycle = true
    if (known !== undefined) return known === 'begun' ? nothing : known
    const definition = definitions.get(name)
    if (definition === undefined) return nothing
    measured.set(name, 'begun')
    const extent = measureSelectionSet(definition.selectionSet)
    measured.set(name, extent)
    return extent
  }

  function measureSelectionSet({ selections }: SelectionSetNode): Extent {
    return selections.map(measureSelection).reduce(beside, nothing)
  }

  function measureSelection(selection: SelectionNode): Extent {
    if (selection.kind === Kind.FIELD) return measureField(selection)
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? measureFragment(selection.name.value)
        : measureSelectionSet(selection.selectionSet)
    return { ...inner, selections: inner.selections + 1 }
  }

  function measureField({ name, alias, selectionSet }: FieldNode): Extent {
    const inner = selectionSet === undefined ? nothing : measureSelectionSet(selectionSet)
    const isIntrospection = name.value === '__schema' || name.value === '__type'
    return {
      depth: isIntrospection ? 1 : inner.depth + 1,
      introspectionDepth: isIntrospection ? inner.depth + 1 : inner.introspectionDepth,
      aliases: inner.aliases + (alias === undefined ? 0 : 1),
      selections: inner.selections + 1,
    }
  }

  return { selectionSet: measureSelectionSet, fragment: measureFragment, hasMetCycle: () => cycle }
}

function widest(one: Extent, other: Extent): Extent {
  return {
    depth: Math.max(one.depth, other.depth),
    introspectionDepth: Math.max(one.introspectionDepth, other.introspectionDepth),
    aliases: Math.max(one.aliases, other.aliases),
    selections: Math.max(one.selections, other.selections),
  }
}

function beside(one: Extent, other: Extent): Extent {
  return {
    ...widest(one, other),
    aliases: one.aliases + other.aliases,
    selections: one.selections + other.selections,
  }
}

function countDirectives(document: DocumentNode): number {
  let count = 0
  visit(document, { Directive: () => void count++ })
  return count
}
