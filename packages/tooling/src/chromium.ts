import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium as playwrightChromium, type Browser } from 'playwright-core'
import { packagedChromium } from './packaged-chromium.ts'
import { repositoryRoot, run } from './process.ts'

/** A Chromium or Chrome that can be launched, with what its environment needs beside our own. */
export interface Chromium {
  executablePath: string
  env: Record<string, string>
}

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** Keeps the browser from calling home and lets it run as root and without a GPU, in containers and CI. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Starts a headless browser with an empty profile; the machine's own where there is one, else an obtained one. */
export async function launchChromium(): Promise<Browser> {
  const { executablePath, env } = await findOrInstallChromium()
  return playwrightChromium.launch({ executablePath, args: FLAGS, env: { ...definedEnvironment(), ...env } })
}

/**
 * Finds a browser on this machine, or obtains one and says so: Debian's package as root, else Playwright's own
 * download, else a build that ships inside an npm package. Throws an AggregateError with every reason when none works.
 */
export async function findOrInstallChromium(): Promise<Chromium> {
  return findChromium() ?? (await installChromium())
}

function findChromium(): Chromium | null {
  const chosen = process.env['CHROMIUM_PATH']
  if (chosen) return { executablePath: chosen, env: {} }
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  const commands = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)))
  const executablePath = [...commands, ...PLACES, playwrightChromium.executablePath()].find(isExecutable)
  return executablePath ? { executablePath, env: {} } : null
}

async function installChromium(): Promise<Chromium> {
  const failures: unknown[] = []
  for (const install of [installDebianChromium, installPlaywrightChromium, packagedChromium]) {
    try {
      const chromium = await install()
      if (chromium) return chromium
    } catch (error) {
      console.log(
        `  That did not work (${error instanceof Error ? error.message : String(error)}); trying the next way.`,
      )
      failures.push(error)
    }
  }
  throw new AggregateError(
    failures,
    'No Chromium found or obtained. Install one, or set CHROMIUM_PATH to its executable.',
  )
}

async function installDebianChromium(): Promise<Chromium | null> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return null
  console.log('▸ No Chromium here: installing Debian’s package with apt-get (about 110 MB)')
  await run('apt-get', ['update', '-qq'])
  await run('env', [
    'DEBIAN_FRONTEND=noninteractive',
    'apt-get',
    'install',
    '-y',
    '-qq',
    '--no-install-recommends',
    'chromium',
    'fonts-liberation',
  ])
  return findChromium()
}

async function installPlaywrightChromium(): Promise<Chromium | null> {
  console.log('▸ No Chromium here: downloading the one Playwright uses')
  const installer = join(repositoryRoot, 'packages/tooling/node_modules/playwright-core/cli.js')
  await run(process.execPath, [installer, 'install', 'chromium'])
  return findChromium()
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
