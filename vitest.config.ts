import { defineConfig } from 'vitest/config'

// graphql names a development build that Vite would choose and Node does not: with both loaded, a schema of one is
// refused by the other.
const asNodeResolves = { ssr: { resolve: { conditions: ['module', 'node'] } } }

// A limit against hanging, not a measure of speed: processes, databases and browsers start in these tests, on machines
// that may be busy with something else.
const patience = { testTimeout: 60_000, hookTimeout: 60_000 }

/** One PostgreSQL for all test files of a project; each makes databases of its own in it. */
const onePostgres = ['packages/session-store/src/testing/vitest-setup.ts']

export default defineConfig({
  test: {
    // Most tests wait for processes, servers and databases of their own: left to itself, vitest would use one core of two.
    maxWorkers: 2,
    projects: [
      {
        ...asNodeResolves,
        test: {
          name: 'packages',
          include: ['packages/*/{src,test}/**/*.test.ts', 'bench/src/**/*.test.ts'],
          globalSetup: onePostgres,
          ...patience,
        },
      },
      {
        ...asNodeResolves,
        test: {
          name: 'gateway',
          include: ['apps/gateway/src/**/*.test.ts'],
          exclude: ['**/*.browser.test.ts'],
          globalSetup: onePostgres,
          ...patience,
        },
      },
      {
        test: {
          name: 'dashboard',
          include: ['apps/dashboard/src/**/*.test.{ts,tsx}'],
          environment: 'happy-dom',
          ...patience,
        },
      },
      {
        ...asNodeResolves,
        test: {
          name: 'browser',
          include: ['apps/gateway/src/**/*.browser.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
