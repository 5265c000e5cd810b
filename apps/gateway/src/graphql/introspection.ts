import { GraphQLError, type ASTVisitor, type ValidationContext } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Config } from '../config.ts'
import type { RequestContext } from './endpoint.ts'

export type IntrospectionPolicy = Config['graphql']['introspection']

/**
 * Who may read the schema from the endpoint. Where it is closed, an error does not suggest names either: guessing would
 * read the schema bit by bit.
 */
export function useIntrospectionPolicy(policy: IntrospectionPolicy): Plugin<RequestContext> {
  return {
    onValidate({ context, addValidationRule, validateFn, setValidationFn }) {
      if (isSchemaOpen(policy, context)) return
      addValidationRule(SchemaIsClosed)
      setValidationFn((schema, document, rules, options, ...rest) =>
        validateFn(schema, document, rules, { ...options, hideSuggestions: true }, ...rest),
      )
    },
  }
}

/** Whether this caller may read the schema from the endpoint. */
export function isSchemaOpen(policy: IntrospectionPolicy, { graph }: RequestContext): boolean {
  return policy === 'open' || (policy === 'signed-in' && graph.viewer !== null)
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
