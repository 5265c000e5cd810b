import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Config } from '../config.ts'
import type { RequestContext } from './endpoint.ts'

type Policy = Config['graphql']['introspection']

/**
 * Who may read the schema from the endpoint. Where it is closed, an error does not suggest names either: guessing would
 * read the schema bit by bit.
 */
export function useIntrospectionPolicy(policy: Policy): Plugin<RequestContext> {
  return {
    onValidate({ context, addValidationRule, validateFn, setValidationFn }) {
      const isOpen = policy === 'open' || (policy === 'signed-in' && context.graph.viewer !== null)
      if (isOpen) return
      addValidationRule(SchemaIsClosed)
      setValidationFn((schema, document, rules, options, ...rest) =>
        validateFn(schema, document, rules, { ...options, hideSuggestions: true }, ...rest),
      )
    },
  }
}

/** Results of validation are remembered under the names of the rules, so this one has its own. */
function SchemaIsClosed(validation: ValidationContext): ASTVisitor {
  return {
    Field(node) {
      const { value: name } = node.name
      if (name !== '__schema' && name !== '__type') return
      const message = 'The schema is not open to this caller: sign in, or read schema.graphql of the project.'
      validation.reportError(new GraphQLError(message, { nodes: node }))
    },
  }
}
