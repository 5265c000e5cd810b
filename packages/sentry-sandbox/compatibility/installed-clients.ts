import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
const patience = 180_000

/** Sentry's own clients, at the versions that were tried. */
const clients = { '@sentry/cli': '3.8.0', '@sentry/api': '0.1.0' }

/** Where the clients are. */
export interface InstalledClients {
  cli: string
  api: string
}

/** Fetches the clients from npm once, into a folder that git ignores; after that no network is needed. */
export async function installClients(): Promise<InstalledClients> {
  const folder = new URL(`../node_modules/.cache/sentry-clients-${Object.values(clients).join('-')}/`, import.meta.url)
  const installed = {
    cli: fileURLToPath(new URL('node_modules/.bin/sentry-cli', folder)),
    api: new URL('node_modules/@sentry/api/dist/index.js', folder).href,
  }
  if (existsSync(installed.cli)) return installed
  await mkdir(folder, { recursive: true })
  await writeFile(new URL('package.json', folder), JSON.stringify({ private: true, dependencies: clients }))
  // The command-line client comes as a package of its own for each platform; its install script is not needed.
  const options = ['--ignore-scripts', '--no-audit', '--no-fund']
  await run('npm', ['install', ...options], { cwd: fileURLToPath(folder), timeout: patience })
  return installed
}
