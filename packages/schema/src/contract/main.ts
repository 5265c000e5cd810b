import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { schema } from '../schema.ts'
import { findChanges } from './changes.ts'
import { printContractFiles, PROMISE_FILE } from './contract-files.ts'
import { NOTICE_DAYS, readPromise, writePromise } from './promise.ts'
import { printSdl } from './sdl.ts'

/**
 * Writes `schema.graphql` and the reference from the graph. `--check` writes nothing and ends with exit code 1 where
 * they differ. `--promise` first makes the present contract the one that is promised from today on, unless it breaks
 * the former promise or deprecates with too little notice.
 */
const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const { values: options } = parseArgs({ options: { check: { type: 'boolean' }, promise: { type: 'boolean' } } })

if (options.promise) await promise()
const files = printContractFiles(schema, readPromise(await read(PROMISE_FILE)))
await (options.check ? check() : write())

async function promise(): Promise<void> {
  const today = new Date().toISOString().slice(0, 10)
  const former = readPromise(await read(PROMISE_FILE))
  const { breaking, hurried } = findChanges({ ...former, since: today }, schema, today)
  if (breaking.length > 0) fail('This breaks what was promised:', breaking)
  if (hurried.length > 0) fail(`These are deprecated with less than ${NOTICE_DAYS} days of notice:`, hurried)
  await writeFile(join(repository, PROMISE_FILE), writePromise(printSdl(schema), today))
}

async function write(): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(repository, path)), { recursive: true })
    await writeFile(join(repository, path), text)
  }
}

async function check(): Promise<void> {
  const written = await Promise.all([...files].map(async ([path, text]) => ((await read(path)) === text ? [] : [path])))
  const stale = written.flat()
  if (stale.length > 0) fail('Not as the graph is; `pnpm codegen` writes them anew:', stale)
}

async function read(path: string): Promise<string> {
  return existsSync(join(repository, path)) ? await readFile(join(repository, path), 'utf8') : ''
}

function fail(title: string, lines: readonly string[]): never {
  console.error([title, ...lines.map((line) => `  ${line}`)].join('\n'))
  process.exit(1)
}
