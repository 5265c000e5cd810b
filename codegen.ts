import type { CodegenConfig } from '@graphql-codegen/cli'

const config: CodegenConfig = {
  // The schema is the Pothos module itself: nothing has to run.
  schema: './packages/schema/src/index.ts',
  documents: ['apps/dashboard/src/**/*.graphql', '!apps/dashboard/src/graphiql/examples/**'],
  generates: {
    './schema.graphql': {
      plugins: ['schema-ast'],
      config: { includeDirectives: true, sort: true },
    },
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
