import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The repository's top folder. */
export const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url))

/** Starts a command in the repository's top folder, on this terminal. */
export function start(command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): ChildProcess {
  return spawn(command, args, {
    cwd: repositoryRoot,
    env,
    stdio: 'inherit',
    // pnpm and the binaries of packages are command files on Windows.
    shell: process.platform === 'win32',
  })
}

/** Resolves with the exit code when a process has ended; rejects when it could not be started. */
export function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 1)))
  })
}

/** Runs a command to its end and throws unless it succeeds. */
export async function run(command: string, args: readonly string[]): Promise<void> {
  const code = await ended(start(command, args))
  if (code !== 0) throw new CommandFailedError(`${command} ${args.join(' ')}`, code)
}

/** A command ended with another code than zero. Its own output has said why. */
export class CommandFailedError extends Error {
  override readonly name = 'CommandFailedError'
  readonly code: number

  constructor(command: string, code: number) {
    super(`${command} ended with code ${code}`)
    this.code = code
  }
}

/**
 * Passes SIGTERM on to the children, and leaves SIGINT alone: a terminal sends Ctrl-C to the whole group, children
 * included. Either way this process stays until they have ended.
 */
export function passSignalsTo(children: readonly ChildProcess[]): void {
  process.on('SIGTERM', () => children.forEach((child) => child.kill('SIGTERM')))
  process.on('SIGINT', () => undefined)
}
