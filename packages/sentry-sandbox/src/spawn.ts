import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from './sandbox.ts'

const patience = 5000

/** Characters: the end of what the child printed says why it ended, and only the end is kept. */
const rememberedComplaints = 10_000

export interface SpawnOptions {
  port: number
  stateFile: string
  redirectUris: readonly string[]
}

/** A sandbox that runs as a child process. */
export interface SpawnedSandbox extends Pick<Sandbox, 'url' | 'regions' | 'application'> {
  /** Resolves with the exit code when the process ends; null when a signal ended it. */
  exited: Promise<number | null>
  /** Asks the process to stop, and insists after 5 s. */
  close(): Promise<void>
}

/** The child ended before it listened; what it printed says why. */
export class SpawnError extends Error {
  override readonly name = 'SpawnError'
  readonly code = 'sandbox_not_started'
}

/**
 * Runs the sandbox as a child process of its own and resolves when it listens.
 *
 * @throws {SpawnError}
 */
export async function spawnSandbox({ port, stateFile, redirectUris }: SpawnOptions): Promise<SpawnedSandbox> {
  const child = fork(fileURLToPath(new URL('main.ts', import.meta.url)), {
    // Nothing is inherited: the parent's environment holds secrets that a sandbox has no use for.
    env: {
      SANDBOX_PORT: String(port),
      SANDBOX_STATE_FILE: stateFile,
      SANDBOX_REDIRECT_URIS: redirectUris.join(' '),
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const ready = await waitUntilReady(child)
  return { ...ready, exited, close: () => stop(child, exited) }
}

type Ready = Pick<Sandbox, 'url' | 'regions' | 'application'>

function waitUntilReady(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let complaints = ''
    child.stderr?.on(
      'data',
      (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-rememberedComplaints)),
    )
    child.once('message', ({ url, regions, application }: Ready) => resolve({ url, regions, application }))
    child.once('error', reject)
    child.once('close', (code) =>
      reject(new SpawnError(complaints.trim() || `The sandbox ended with exit code ${code} before it was ready.`)),
    )
  })
}

async function stop(child: ChildProcess, exited: Promise<number | null>): Promise<void> {
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), patience)
  await exited
  clearTimeout(insist)
}
