import react from '@vitejs/plugin-react'
import { defineConfig, loadEnv, type Plugin } from 'vite'

/** The gateway serves graphiql.html at /graphiql; so does the development server. */
const explorerPath: Plugin = {
  name: 'explorer-path',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      request.url = request.url?.replace(/^\/graphiql(?=$|\?)/, '/graphiql.html')
      next()
    })
  },
}

export default defineConfig(({ mode }) => {
  const { GATEWAY_URL: gateway = 'http://localhost:3001' } = loadEnv(mode, import.meta.dirname, 'GATEWAY_URL')
  return {
    plugins: [react(), explorerPath],
    server: {
      port: 5173,
      strictPort: true,
      proxy: { '/api': gateway, '/graphql': gateway, '/healthz': gateway, '/readyz': gateway },
    },
    optimizeDeps: {
      // The dependency scan cannot follow `?worker` imports, so what the GraphQL worker needs of CommonJS is named here.
      exclude: ['graphiql/setup-workers/vite'],
      include: [
        '@graphiql/react > monaco-graphql > picomatch-browser',
        '@graphiql/react > monaco-graphql > graphql-language-service > nullthrows',
        '@graphiql/react > monaco-graphql > graphql-language-service > debounce-promise',
      ],
    },
    build: {
      // Fonts as data: addresses would be refused by the page's content security policy.
      assetsInlineLimit: 0,
      // Keeps light-dark() as it is written.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      reportCompressedSize: false,
      chunkSizeWarningLimit: 4000,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: { dashboard: 'index.html', explorer: 'graphiql.html' },
        // GraphiQL's packages carry hints for another compiler, which mean nothing here.
        onLog: (level, log, report) => void (log.code === 'MODULE_LEVEL_DIRECTIVE' || report(level, log)),
      },
    },
  }
})
