import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import type { Terminal } from './login.ts'

/** The terminal that this process was started from. */
export function createTerminal(): Terminal {
  return {
    say: (line) => console.log(line),
    async ask(question) {
      process.stdout.write(question)
      // What is typed is a secret: readline would show it.
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
      const lines = createInterface({ input: process.stdin, output: nowhere, terminal: process.stdin.isTTY })
      try {
        return await lines.question('')
      } finally {
        lines.close()
        process.stdout.write('\n')
      }
    },
    pause: (seconds) => delay(seconds * 1000),
  }
}
