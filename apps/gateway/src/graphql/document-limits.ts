import type { ErrorCode } from '@sentry-graph/schema'
import { GraphQLError, Lexer, Source, TokenKind, type DocumentNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { measureDocument } from './document-size.ts'
import { countOverlappingPairs } from './overlapping-fields.ts'

/** What a document may be. Fragments count wherever they are spread. */
export interface DocumentLimits {
  /** Of its text. */
  characters: number
  /** Names, numbers, strings and punctuation marks. */
  tokens: number
  /** Fields beneath each other. */
  depth: number
  /** The same beneath `__schema` and `__type`, which cost Sentry nothing: the usual question goes to 15. */
  introspectionDepth: number
  aliases: number
  directives: number
  selections: number
  /** Pairs of fields that ask for the same name in the same place. */
  overlappingPairs: number
}

export const documentLimits: DocumentLimits = {
  characters: 100_000,
  tokens: 1000,
  depth: 12,
  introspectionDepth: 20,
  aliases: 30,
  directives: 50,
  selections: 2000,
  overlappingPairs: 5000,
}

/**
 * Refuses documents beyond the limits: while they are read, and before GraphQL's own rules, some of which take time that
 * grows with the square of what they are given.
 */
export function useDocumentLimits(limits: DocumentLimits): Plugin {
  return {
    onParse({ parseFn, setParseFn }) {
      setParseFn((source: string, options) => {
        if (source.length > limits.characters) throw tooLarge('characters', limits)
        try {
          return parseFn(source, { ...options, maxLexicalTokens: limits.tokens })
        } catch (error) {
          throw hasMoreTokens(source, limits.tokens) ? tooLarge('tokens', limits) : error
        }
      })
    },
    onValidate({ validateFn, setValidationFn }) {
      setValidationFn((schema, document, ...rest) => {
        const excess = findExcess(document, limits)
        return excess === null ? validateFn(schema, document, ...rest) : [excess]
      })
    },
  }
}

/** The first limit that a document is beyond, as an error for its author; null when it is within all of them. */
export function findExcess(document: DocumentNode, limits: DocumentLimits): GraphQLError | null {
  const size = measureDocument(document)
  if (size.depth > limits.depth) return tooDeep('depth', limits)
  if (size.introspectionDepth > limits.introspectionDepth) return tooDeep('introspectionDepth', limits)
  if (size.aliases > limits.aliases) return tooLarge('aliases', limits)
  if (size.directives > limits.directives) return tooLarge('directives', limits)
  if (size.selections > limits.selections) return tooLarge('selections', limits)
  // A cycle cannot be written out; GraphQL refuses it.
  if (size.isCyclic) return null
  return countOverlappingPairs(document) > limits.overlappingPairs ? tooLarge('overlappingPairs', limits) : null
}

/** Whether a text has more tokens; false where it stops being GraphQL before that. */
function hasMoreTokens(text: string, limit: number): boolean {
  const lexer = new Lexer(new Source(text))
  try {
    for (let count = 0; count <= limit; count++) if (lexer.advance().kind === TokenKind.EOF) return false
    return true
  } catch (error) {
    if (error instanceof GraphQLError) return false
    throw error
  }
}

const counted = {
  characters: 'characters',
  tokens: 'tokens',
  depth: 'fields beneath each other',
  introspectionDepth: 'fields beneath each other under __schema or __type',
  aliases: 'aliases',
  directives: 'directives',
  selections: 'fields and fragments once fragments are written out',
  overlappingPairs: 'pairs of fields of one name in one place',
} satisfies Record<keyof DocumentLimits, string>

function tooDeep(limit: keyof DocumentLimits, limits: DocumentLimits): GraphQLError {
  return refusal('QUERY_TOO_DEEP', limit, limits)
}

function tooLarge(limit: keyof DocumentLimits, limits: DocumentLimits): GraphQLError {
  return refusal('QUERY_TOO_LARGE', limit, limits)
}

function refusal(code: ErrorCode, limit: keyof DocumentLimits, limits: DocumentLimits): GraphQLError {
  return new GraphQLError(`The document has more than ${limits[limit]} ${counted[limit]}.`, { extensions: { code } })
}
