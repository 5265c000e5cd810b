import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a process has used since it began, and what it holds right after a garbage collection. */
export interface Usage {
  /** Microseconds of all its threads. */
  cpu: number
  /** Bytes. */
  rss: number
  heap: number
}

/** A process of its own, started from a file of TypeScript. */
export interface Child {
  ask<Answer>(name: string, payload?: unknown): Promise<Answer>
  usage(options?: { collectGarbage: boolean }): Promise<Usage>
  /** What it told of itself with `reportReady`. */
  ready<Facts>(): Promise<Facts>
  stop(): Promise<void>
}

interface Message {
  id?: number
  answer?: unknown
  ready?: unknown
}

const usageReporter = new URL('usage-reporter.mjs', import.meta.url)

/** Starts a file; only `env` is in its environment, and what it prints goes nowhere but its errors. */
export function startChild(
  file: URL,
  { args = [], env = {}, execArgv = [] }: { args?: string[]; env?: Record<string, string>; execArgv?: string[] } = {},
): Child {
  const child = fork(fileURLToPath(file), args, {
    env: { NODE_ENV: 'production', ...env },
    execArgv: ['--expose-gc', '--import', usageReporter.href, ...execArgv],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  const waiting = new Map<number, (answer: unknown) => void>()
  const isReady = Promise.withResolvers<unknown>()
  let lastId = 0
  child.on('message', ({ id, answer, ready }: Message) => {
    if (ready !== undefined) isReady.resolve(ready)
    if (id === undefined) return
    waiting.get(id)?.(answer)
    waiting.delete(id)
  })
  child.once('exit', (code) => isReady.reject(new Error(`${file.pathname} ended with code ${code}`)))
  // Whoever does not wait for readiness hears of an early end by other means.
  isReady.promise.catch(() => undefined)

  const ask = <Answer>(name: string, payload?: unknown): Promise<Answer> => {
    const { promise, resolve } = Promise.withResolvers<unknown>()
    waiting.set(++lastId, resolve)
    child.send({ id: lastId, name, payload })
    return promise as Promise<Answer>
  }

  return {
    ask,
    usage: (options = { collectGarbage: false }) => ask('usage', options),
    ready: <Facts>() => isReady.promise as Promise<Facts>,
    async stop() {
      // Politely: on the way out a process keeps what it has compiled.
      child.kill('SIGTERM')
      const insist = setTimeout(() => child.kill('SIGKILL'), 5000)
      await exited
      clearTimeout(insist)
    },
  }
}
