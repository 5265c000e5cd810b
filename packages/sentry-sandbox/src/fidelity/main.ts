import { parseArgs } from 'node:util'
import { checkFidelity, type OperationReport } from './fidelity-check.ts'
import { readOperations } from './openapi-document.ts'

const usage = `Holds the answers of a Sentry, or of the sandbox, against an OpenAPI document.

  node packages/sentry-sandbox/src/fidelity/main.ts --url URL --token TOKEN --openapi FILE [--organization SLUG] [--project SLUG]

The document is one without references, such as openapi-derefed.json of getsentry/sentry-api-schema. Only GETs are called.
The exit code is 1 when an answer differs in a way that is not known of Sentry itself.`

function readOptions() {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      token: { type: 'string' },
      openapi: { type: 'string' },
      organization: { type: 'string' },
      project: { type: 'string' },
      verbose: { type: 'boolean', default: false },
    },
  })
  const { url, token, openapi } = values
  if (url === undefined || token === undefined || openapi === undefined) {
    console.error(usage)
    process.exit(2)
  }
  return { ...values, url, token, openapi }
}

function describe({ operation, request, status, unexpected, expected }: OperationReport, isVerbose: boolean): string[] {
  if (request === null) return [`-    ${operation}  nothing found to fill in`]
  const mark = status !== 200 ? String(status) : unexpected.length === 0 ? 'ok ' : '!! '
  return [
    `${mark}  ${operation}`,
    ...unexpected.map(({ at, problem, detail }) => `       ${problem} ${at}: ${detail}`),
    ...(isVerbose
      ? expected.map(({ difference, reason }) => `       known: ${difference.problem} ${difference.at} (${reason})`)
      : []),
  ]
}

const { url, token, openapi, organization, project, verbose } = readOptions()
const reports = await checkFidelity(await readOperations(openapi), {
  url,
  token,
  parameters: {
    ...(organization === undefined ? {} : { organization_id_or_slug: organization }),
    ...(project === undefined ? {} : { project_id_or_slug: project }),
  },
})
for (const report of reports) console.log(describe(report, verbose).join('\n'))

const called = reports.filter(({ request }) => request !== null)
const failed = called.filter(({ status }) => status !== 200)
const differing = called.filter(({ unexpected }) => unexpected.length > 0)
const known = called.flatMap(({ expected }) => expected)
console.log(
  `\n${called.length} of ${reports.length} called: ${failed.length} not answered with 200, ${differing.length} differ, ${known.length} known differences.`,
)
process.exitCode = failed.length + differing.length === 0 ? 0 : 1
