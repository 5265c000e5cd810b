import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  // What `packages/schema/src/contract/main.ts` has written just before: the contract is all that clients know of the graph.
  schema: './schema.graphql',
  documents: ['apps/dashboard/src/**/*.graphql', '!apps/dashboard/src/graphiql/examples/**'],
  generates: {
    './apps/dashboard/src/generated/': {
      preset: 'client',
      plugins: ['./packages/tooling/src/urql-hooks.ts'],
      presetConfig: { fragmentMasking: false, persistedDocuments: true },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        strictScalars: true,
        scalars: { DateTime: 'string', URI: 'string', Count: 'number', JSON: 'unknown', Duration: 'string' },
      },
    },
  },
}

export default config
