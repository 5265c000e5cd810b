// `npm start` and `npm test` land here, on whatever Node the machine has (18 or newer). It makes the pinned pnpm and a
// Node that fits available through npm's own cache, installs what the lock file says, and runs `<name>.ts` beside this
// file with that Node. Plain JavaScript without dependencies: at this point nothing is installed.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const NODE_VERSION = '24.21.0'
const here = dirname(fileURLToPath(import.meta.url))
const root = join(here, '..', '..', '..')
const onWindows = process.platform === 'win32'
const pnpm = onWindows ? 'pnpm.cmd' : 'pnpm'
const knownPathFile = join(root, 'node_modules', '.cache', 'launcher.json')
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const [task = '', ...taskArguments] = process.argv.slice(2)

/** Whether this Node satisfies `engines.node` of package.json: ^24.15.0 || >=26.0.0. */
function isRecent() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  return major >= 26 || (major === 24 && minor >= 15)
}

/** The npm package that carries a Node binary for this machine; these need no install script, unlike the `node` package. */
function nodePackage() {
  const platform = `${onWindows ? 'win' : process.platform}-${process.arch}`
  if (!['linux-x64', 'linux-arm64', 'win-x64'].includes(platform)) {
    fail(`This project needs Node 24.15 or newer, and this is ${process.version}. Install Node 24 and run this again.`)
  }
  return `node-${platform}@${NODE_VERSION}`
}

function fail(message) {
  console.error(message)
  process.exit(1)
}

function say(message) {
  console.log(`▸ ${message}`)
}

// A terminal sends Ctrl-C to the whole group, so the child has it already; we only must not leave before it.
function onInterrupt() {}

/**
 * Runs a command to its end and resolves with its exit code and, if piped, its output. Signals meant for us are passed
 * on, so that one Ctrl-C or one SIGTERM ends the whole tree and we leave last.
 */
function run(command, commandArguments, { env = process.env, stdout = 'inherit' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, {
      cwd: root,
      env,
      stdio: ['inherit', stdout, 'inherit'],
      shell: onWindows,
    })
    const chunks = []
    child.stdout?.on('data', (chunk) => chunks.push(chunk))
    const onTerminate = () => child.kill('SIGTERM')
    process.on('SIGINT', onInterrupt)
    process.on('SIGTERM', onTerminate)
    child.on('error', (error) => fail(`${command} could not be started: ${error.message}`))
    child.on('close', (code, signal) => {
      process.off('SIGINT', onInterrupt)
      process.off('SIGTERM', onTerminate)
      resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 1), output: Buffer.concat(chunks).toString() })
    })
  })
}

/** The PATH under which the pinned tools are found: the one of last time while they are still there, else what npx says. */
async function toolchainPath() {
  const tools = [packageManager, ...(isRecent() ? [] : [nodePackage()])]
  const known = readKnownPath(tools)
  if (known) return known
  say(`Fetching ${tools.join(' and ')} through npm (kept in npm's cache)`)
  const packages = tools.flatMap((tool) => ['-p', tool])
  const command = 'node -p process.env.PATH'
  const { code, output } = await run(
    'npx',
    ['--yes', '--prefer-offline', ...packages, '-c', onWindows ? `"${command}"` : command],
    { stdout: 'pipe' },
  )
  if (code !== 0) fail(`npm could not provide ${tools.join(' and ')}. Is the npm registry reachable?`)
  // npx puts its folders first; the rest is the PATH of this terminal, which may be another one next time.
  const folders = output.trim().split(delimiter)
  const found = folders.slice(0, folders.findIndex((folder) => existsSync(join(folder, pnpm))) + 1)
  mkdirSync(dirname(knownPathFile), { recursive: true })
  writeFileSync(knownPathFile, JSON.stringify({ tools, folders: found }))
  return withOwnPath(found)
}

function readKnownPath(tools) {
  if (!existsSync(knownPathFile)) return null
  const known = JSON.parse(readFileSync(knownPathFile, 'utf8'))
  const isUsable =
    String(known.tools) === String(tools) && known.folders.some((folder) => existsSync(join(folder, pnpm)))
  return isUsable ? withOwnPath(known.folders) : null
}

function withOwnPath(folders) {
  return [...folders, process.env.PATH].join(delimiter)
}

const script = join(here, `${task}.ts`)
if (!existsSync(script)) fail(`There is no task "${task}".`)
if (process.versions.node.split('.')[0] < 18)
  fail(`This project needs Node 18 or newer to begin with; this is ${process.version}.`)

const path = await toolchainPath()
const env = { ...process.env, PATH: [path, join(root, 'node_modules', '.bin')].join(delimiter) }
say('Installing what the lock file says')
const install = await run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline', '--reporter', 'append-only'], {
  env,
})
if (install.code !== 0) process.exit(install.code)
const { code } = await run('node', [script, ...taskArguments], { env })
process.exit(code)
