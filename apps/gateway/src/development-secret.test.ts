import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readConfig } from './config.ts'
import { DamagedSecretError, keepDevelopmentSecret } from './development-secret.ts'

let dataDir: string

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'development-secret-'))
})

afterEach(() => rmSync(dataDir, { recursive: true }))

test('two processes that start at once keep the same secret, and nothing else is left', async () => {
  const processes = [startProcess(), startProcess()]
  await Promise.all(processes.map((child) => once(child, 'message')))
  const answers = processes.map((child) => once(child, 'message'))
  for (const child of processes) child.send(join(dataDir, 'new'))
  const [[first], [second]] = (await Promise.all(answers)) as [[string], [string]]
  expect(first).toMatch(/^[\w-]{43}$/)
  expect(second).toBe(first)
  expect(keepDevelopmentSecret(join(dataDir, 'new'))).toBe(first)
  expect(readdirSync(join(dataDir, 'new'))).toEqual(['session-secret'])
})

test.each(['', 'torn-in-the-middle', '\0'.repeat(43)])('%j is no secret, and never becomes a key', (content) => {
  const file = join(dataDir, 'session-secret')
  writeFileSync(file, content)
  expect(() => keepDevelopmentSecret(dataDir)).toThrow(DamagedSecretError)
  expect(() => readConfig({ DATA_DIR: dataDir })).toThrow(/DATA_DIR: .*session-secret is not: remove it/)
  expect(existsSync(file)).toBe(true)
})

function startProcess(): ChildProcess {
  return fork(join(import.meta.dirname, 'development-secret.fixture.ts'))
}
