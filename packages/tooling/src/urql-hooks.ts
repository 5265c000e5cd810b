import type { PluginFunction, Types } from '@graphql-codegen/plugin-helpers'
import { Kind, type OperationDefinitionNode } from 'graphql'

/**
 * A code generation plugin that appends one typed urql hook for each named operation to what client-preset generates:
 * `useHomePageQuery`, `useRenameIssueMutation`, `useIssueChangesSubscription`. The hook asks for variables exactly
 * where the operation requires them, so a misspelt field or a missing variable is a compile error in the page.
 */
export const plugin: PluginFunction = (_schema, documents) => ({
  prepend: [`import * as Urql from 'urql';`],
  content: namedOperations(documents).map(renderHook).join('\n'),
})

interface NamedOperation {
  name: string
  kind: 'Query' | 'Mutation' | 'Subscription'
  requiresVariables: boolean
}

function namedOperations(documents: Types.DocumentFile[]): NamedOperation[] {
  return documents
    .flatMap((file) => file.document?.definitions ?? [])
    .filter((definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION)
    .flatMap((operation) => (operation.name ? [readOperation(operation, operation.name.value)] : []))
}

function readOperation(operation: OperationDefinitionNode, name: string): NamedOperation {
  return {
    name: capitalise(name),
    kind: capitalise(operation.operation) as NamedOperation['kind'],
    requiresVariables: (operation.variableDefinitions ?? []).some(
      (variable) => variable.type.kind === Kind.NON_NULL_TYPE && !variable.defaultValue,
    ),
  }
}

function renderHook({ name, kind, requiresVariables }: NamedOperation): string {
  const result = `${name}${kind}`
  const variables = `${result}Variables`
  const document = `${name}Document`
  if (kind === 'Mutation') {
    return `export const use${result} = () => Urql.useMutation<${result}, ${variables}>(${document});`
  }
  const options = `Urql.Use${kind}Args<${variables}, ${result}>`
  const parameter = requiresVariables
    ? `options: Omit<${options}, 'query'>`
    : `options: Partial<Omit<${options}, 'query'>> = {}`
  const types = kind === 'Query' ? `${result}, ${variables}` : `${result}, ${result}, ${variables}`
  return `export const use${result} = (${parameter}) => Urql.use${kind}<${types}>({ query: ${document}, ...options } as ${options});`
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
