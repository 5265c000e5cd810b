import { type GraphQLSchema, Kind, parse, type TypeDefinitionNode } from 'graphql'
import { printSdl } from './sdl.ts'
import { printType, type TypePlaces } from './reference-type.ts'

interface Page {
  file: string
  title: string
  holds: (type: TypeDefinitionNode) => boolean
}

const isObjectNamed = (name: string) => (type: TypeDefinitionNode) => type.name.value === name
const isPlumbing = ({ name }: TypeDefinitionNode) => /Connection$|Edge$|^PageInfo$/.test(name.value)

/** A type is on the first page that holds it. */
const pages: readonly Page[] = [
  { file: 'queries.md', title: 'Queries', holds: isObjectNamed('Query') },
  { file: 'mutations.md', title: 'Mutations', holds: isObjectNamed('Mutation') },
  { file: 'subscriptions.md', title: 'Subscriptions', holds: isObjectNamed('Subscription') },
  { file: 'connections.md', title: 'Connections', holds: isPlumbing },
  { file: 'objects.md', title: 'Objects', holds: ({ kind }) => kind === Kind.OBJECT_TYPE_DEFINITION },
  { file: 'interfaces.md', title: 'Interfaces', holds: ({ kind }) => kind === Kind.INTERFACE_TYPE_DEFINITION },
  { file: 'unions.md', title: 'Unions', holds: ({ kind }) => kind === Kind.UNION_TYPE_DEFINITION },
  { file: 'enums.md', title: 'Enums', holds: ({ kind }) => kind === Kind.ENUM_TYPE_DEFINITION },
  { file: 'inputs.md', title: 'Inputs', holds: ({ kind }) => kind === Kind.INPUT_OBJECT_TYPE_DEFINITION },
  { file: 'scalars.md', title: 'Scalars', holds: ({ kind }) => kind === Kind.SCALAR_TYPE_DEFINITION },
]

/** The reference of a schema: Markdown texts by file name. Equal schemas, equal texts. */
export function printReference(schema: GraphQLSchema): Map<string, string> {
  const types = parse(printSdl(schema)).definitions.filter((definition) => isTypeDefinition(definition))
  const filled = pages
    .map((page) => ({ ...page, types: types.filter((type) => pageOf(type) === page) }))
    .filter((page) => page.types.length > 0)
  const places: TypePlaces = new Map(
    filled.flatMap(({ file, types }) => types.map(({ name }) => [name.value, `${file}#${name.value.toLowerCase()}`])),
  )
  return new Map([
    ['README.md', printContents(filled, places)],
    ...filled.map(({ file, title, types }): [string, string] => [
      file,
      [`# ${title}`, ...types.map((type) => printType(type, { schema, places }))].join('\n\n') + '\n',
    ]),
  ])

  function pageOf(type: TypeDefinitionNode): Page | undefined {
    return pages.find(({ holds }) => holds(type))
  }
}

function printContents(filled: readonly (Page & { types: TypeDefinitionNode[] })[], places: TypePlaces): string {
  const lists = filled.map(({ file, title, types }) => {
    const links = types.map(({ name }) => `[\`${name.value}\`](${places.get(name.value)})`)
    return `## [${title}](${file})\n\n${links.join(' · ')}`
  })
  return [introduction, ...lists].join('\n\n') + '\n'
}

const introduction = `# Reference of the schema

Written by \`pnpm codegen\` from the graph itself. [What has changed](changes.md) since the contract was last promised.

A field has the type that stands beside it: with \`!\` it is never null. **Calls** says what the field costs at Sentry when it is
selected; one that costs nothing comes with its parent. A scope that the session lacks makes the field null, with the error
\`FORBIDDEN\`. A list that is no connection is as long as the answer of Sentry that carries it, unless its description says less.`

function isTypeDefinition(definition: { kind: string }): definition is TypeDefinitionNode {
  return definition.kind.endsWith('TypeDefinition')
}
