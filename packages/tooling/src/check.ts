import { findOrInstallChromium } from './chromium.ts'
import { buildDashboard } from './dashboard-build.ts'
import { CommandFailedError, run } from './process.ts'

interface Step {
  title: string
  run: () => Promise<unknown>
}

const steps: Step[] = [
  { title: 'Format', run: () => run('prettier', ['--check', '--log-level', 'warn', '.']) },
  {
    title: 'The contract and its reference are current',
    run: () => run(process.execPath, ['packages/schema/src/contract/main.ts', '--check']),
  },
  { title: 'Generated files are current', run: () => run('graphql-codegen', ['--config', 'codegen.ts', '--check']) },
  { title: 'Types', run: () => run('tsc', ['-b']) },
  { title: 'Lint', run: () => run('oxlint', ['--type-aware', '--deny-warnings']) },
  { title: 'Dashboard build', run: buildDashboard },
  { title: 'A browser for the tests', run: findOrInstallChromium },
  { title: 'Tests', run: () => run('vitest', ['run']) },
]

const started = performance.now()
for (const step of steps) {
  console.log(`\n── ${step.title}`)
  try {
    await step.run()
  } catch (error) {
    console.error(`\n✗ ${step.title} failed${error instanceof CommandFailedError ? '' : `: ${String(error)}`}`)
    process.exit(1)
  }
}
console.log(`\n✓ Everything holds (${Math.round((performance.now() - started) / 1000)} s)`)
