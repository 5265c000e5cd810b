import { execFile } from 'node:child_process'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { startSandbox, type Sandbox } from '../src/index.ts'
import { installClients } from './installed-clients.ts'

// Runs Sentry's own clients, unchanged, against a sandbox. The first run fetches them from npm.

const run = promisify(execFile)
const patience = 30_000
const organization = 'lumen-freight'
const project = 'checkout'
const scopes = ['org:read', 'project:read', 'project:releases', 'team:read', 'member:read', 'event:read', 'alerts:read']

/** A command and what its output has to hold. */
const commands: readonly (readonly [command: string, expected: RegExp])[] = [
  ['info', /User: mira@/],
  ['organizations list', /Lumen Freight/],
  ['projects list', /shop-web/],
  ['releases list', /Version/],
  ['issues list', /CHECKOUT-/],
  ['monitors list', /Slug/],
  ['events list', /Event ID/],
  ['repos list', /lumen-freight\//],
]

const calls: readonly (readonly [name: string, options: { path?: object; query?: object }])[] = [
  ['listYourOrganizations', {}],
  ['retrieveAnOrganization', { path: { organization_id_or_slug: organization } }],
  ['listAnOrganization_sProjects', { path: { organization_id_or_slug: organization } }],
  ['listAnOrganization_sIssues', { path: { organization_id_or_slug: organization }, query: { project: [-1] } }],
  ['listAnOrganization_sMembers', { path: { organization_id_or_slug: organization } }],
  ['retrieveMonitorsForAnOrganization', { path: { organization_id_or_slug: organization } }],
  [
    'listAProject_sErrorEvents',
    { path: { organization_id_or_slug: organization, project_id_or_slug: project }, query: { full: true } },
  ],
]

async function runCommand(cli: string, command: string, expected: RegExp, sandbox: Sandbox, token: string) {
  const { stdout } = await run(cli, command.split(' '), {
    timeout: patience,
    env: {
      PATH: dirname(process.execPath),
      SENTRY_URL: sandbox.url,
      SENTRY_AUTH_TOKEN: token,
      SENTRY_ORG: organization,
      SENTRY_PROJECT: project,
    },
  })
  if (!expected.test(stdout)) throw new Error(`Its output does not hold ${String(expected)}:\n${stdout.slice(0, 500)}`)
}

type ApiFunction = (options: object) => Promise<{ data?: unknown; response: Response }>

async function call(api: Record<string, ApiFunction>, name: string, options: object, sandbox: Sandbox, token: string) {
  const headers = { authorization: `Bearer ${token}` }
  const answer = await api[name]?.({ ...options, baseUrl: sandbox.url, headers })
  if (answer?.data === undefined) throw new Error(`It answered ${answer?.response.status ?? 'nothing'}.`)
}

/** Tells how a try ended; whether it ended well. */
async function attempt(name: string, work: () => Promise<void>): Promise<boolean> {
  try {
    await work()
    console.log(`ok   ${name}`)
    return true
  } catch (error) {
    console.log(`!!   ${name}: ${error instanceof Error ? error.message : String(error)}`)
    return false
  }
}

const installed = await installClients()
const sandbox = await startSandbox({ port: 0 })
const { accessToken } = sandbox.issueTokens(sandbox.people[0]?.id ?? '', scopes)
const api = (await import(installed.api)) as Record<string, ApiFunction>
const results: boolean[] = []
for (const [command, expected] of commands) {
  const work = () => runCommand(installed.cli, command, expected, sandbox, accessToken)
  results.push(await attempt(`sentry-cli ${command}`, work))
}
for (const [name, options] of calls) {
  results.push(await attempt(`@sentry/api ${name}`, () => call(api, name, options, sandbox, accessToken)))
}
await sandbox.close()
process.exitCode = results.every(Boolean) ? 0 : 1
