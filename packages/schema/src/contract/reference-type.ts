import {
  type FieldDefinitionNode,
  type GraphQLSchema,
  type InputValueDefinitionNode,
  isInterfaceType,
  isObjectType,
  Kind,
  type NamedTypeNode,
  print,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql'
import { printCalls, readScopes } from './reference-calls.ts'

/** Where the reference has a type: file and anchor by name. */
export type TypePlaces = ReadonlyMap<string, string>

interface Surroundings {
  schema: GraphQLSchema
  places: TypePlaces
}

/** The section of one type. */
export function printType(type: TypeDefinitionNode, { schema, places }: Surroundings): string {
  const parts = [`## ${type.name.value}`, type.description?.value ?? '', ...printBody(type, { schema, places })]
  return parts.filter((part) => part !== '').join('\n\n')
}

function printBody(type: TypeDefinitionNode, surroundings: Surroundings): string[] {
  const { places } = surroundings
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [
        named('Implements', type.interfaces ?? [], places),
        table(
          ['Field', 'Type', 'Calls', 'Scope', 'What it is'],
          (type.fields ?? []).map((field) => fieldRow(type.name.value, field, surroundings)),
        ),
      ]
    case Kind.UNION_TYPE_DEFINITION:
      return [named('One of', type.types ?? [], places)]
    case Kind.ENUM_TYPE_DEFINITION:
      return [
        table(
          ['Value', 'What it means'],
          (type.values ?? []).map((value) => [`\`${value.name.value}\``, describe(value)]),
        ),
      ]
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return [
        table(
          ['Field', 'Type', 'What it is'],
          (type.fields ?? []).map((field) => [
            `\`${withDefault(field)}\``,
            typeLink(field.type, places),
            describe(field),
          ]),
        ),
      ]
    case Kind.SCALAR_TYPE_DEFINITION:
      return []
  }
}

function fieldRow(parent: string, field: FieldDefinitionNode, { schema, places }: Surroundings): string[] {
  const description = describe(field)
  return [
    `\`${field.name.value}\``,
    typeLink(field.type, places),
    printCalls(description, extensionsOf(schema, parent, field.name.value)),
    readScopes(description)
      .map((scope) => `\`${scope}\``)
      .join(', ') || 'none',
    [description, ...(field.arguments ?? []).map((arg) => printArgument(arg, places))].join('<br>'),
  ]
}

function printArgument(argument: InputValueDefinitionNode, places: TypePlaces): string {
  return `• \`${withDefault(argument)}\`: ${typeLink(argument.type, places)}. ${describe(argument)}`
}

function extensionsOf(schema: GraphQLSchema, parent: string, name: string): Readonly<Record<string, unknown>> {
  const type = schema.getType(parent)
  return isObjectType(type) || isInterfaceType(type) ? { ...type.getFields()[name]?.extensions } : {}
}

function describe(node: Pick<FieldDefinitionNode, 'description' | 'directives'>): string {
  const deprecated = node.directives?.find(({ name }) => name.value === 'deprecated')
  const reason = deprecated?.arguments?.find(({ name }) => name.value === 'reason')?.value
  const warning = deprecated && `**Deprecated**: ${reason?.kind === Kind.STRING ? reason.value : 'no reason given.'}`
  return [warning, node.description?.value]
    .filter((text) => text !== undefined)
    .join(' ')
    .replaceAll(/\s+/g, ' ')
}

function withDefault({ name, defaultValue }: InputValueDefinitionNode): string {
  return defaultValue ? `${name.value} = ${print(defaultValue)}` : name.value
}

function typeLink(type: TypeNode, places: TypePlaces): string {
  const place = places.get(namedType(type).name.value)
  const text = `\`${print(type)}\``
  return place === undefined ? text : `[${text}](${place})`
}

function namedType(type: TypeNode): NamedTypeNode {
  return type.kind === Kind.NAMED_TYPE ? type : namedType(type.type)
}

function named(title: string, types: readonly NamedTypeNode[], places: TypePlaces): string {
  if (types.length === 0) return ''
  return `${title} ${types.map((type) => typeLink(type, places)).join(', ')}.`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(tableRow).join('\n')
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`
}
