#!/usr/bin/env node
import { homedir, hostname } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { GatewayError } from './gateway-error.ts'
import { login, logout } from './login.ts'
import { createTerminal } from './terminal.ts'

const usage = `Usage: sentry-graph login  [--gateway URL] [--name NAME] [--read-only] [--cookie-jar FILE]
       sentry-graph logout [--gateway URL] [--cookie-jar FILE]

Signs this machine in to a Sentry Graph gateway, without a browser on it, and keeps the session
in a cookie jar for \`curl -b\`.

  --gateway URL      where the gateway is; http://localhost:3001 if not given
  --name NAME        what the session is called in your list of sessions; this machine's name if not given
  --read-only        a session that can change nothing
  --cookie-jar FILE  the jar; ~/.config/sentry-graph/cookies.txt if not given
`

process.exitCode = await run(process.argv.slice(2))

async function run(commandLine: string[]): Promise<number> {
  try {
    return await runCommand(commandLine)
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    console.error(error.message)
    return 1
  }
}

async function runCommand(commandLine: string[]): Promise<number> {
  const command = readCommandLine(commandLine)
  if (command === null) {
    console.error(usage)
    return 2
  }
  const { name, gateway, jar, sessionName, readOnly } = command
  if (name === 'logout') {
    console.log((await logout({ gateway, jar })) ? 'Signed out.' : `${jar} holds no session of ${gateway.origin}.`)
    return 0
  }
  const { person, expiresAt } = await login({ gateway, jar, name: sessionName, readOnly }, createTerminal())
  console.log(`Signed in as ${person} until ${expiresAt.toISOString()}. Try:

  curl -b ${jar} -H 'graphql-require-preflight: 1' --json '{"query":"{ viewer { user { name } } }"}' ${new URL('/graphql', gateway).href}`)
  return 0
}

/** Null for a command line that is not understood. */
function readCommandLine(commandLine: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: commandLine,
      allowPositionals: true,
      options: {
        gateway: { type: 'string', default: 'http://localhost:3001' },
        name: { type: 'string', default: hostname() },
        'read-only': { type: 'boolean', default: false },
        'cookie-jar': { type: 'string', default: join(homedir(), '.config', 'sentry-graph', 'cookies.txt') },
      },
    })
    const [name] = positionals
    const gateway = URL.parse(values.gateway)
    const isKnown = (name === 'login' || name === 'logout') && positionals.length === 1
    if (!isKnown || (gateway?.protocol !== 'http:' && gateway?.protocol !== 'https:')) return null
    return { name, gateway, jar: values['cookie-jar'], sessionName: values.name, readOnly: values['read-only'] }
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
