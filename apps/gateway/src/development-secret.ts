import { randomBytes, randomUUID } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isStrongSecret } from './setting.ts'

/** The data folder cannot be used: it cannot be made, or its secret cannot be written or read. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
}

/** What the data folder keeps as secret is none: empty, or written half. */
export class DamagedSecretError extends Error {
  override readonly name = 'DamagedSecretError'
  readonly file: string

  constructor(file: string) {
    super(`${file} holds no secret`)
    this.file = file
  }
}

/**
 * The session secret of a machine that has none configured, kept in the data folder so that a restart signs nobody out.
 * The file is readable by its owner alone. A strict configuration never comes here.
 * Throws DataFolderError and DamagedSecretError.
 */
export function keepDevelopmentSecret(dataDir: string): string {
  const file = join(dataDir, 'session-secret')
  const secret = readOrCreate(dataDir, file)
  if (!isStrongSecret(secret)) throw new DamagedSecretError(file)
  return secret
}

function readOrCreate(dataDir: string, file: string): string {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    if (!existsSync(file)) create(file)
    chmodSync(file, 0o600)
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new DataFolderError(`no use of ${dataDir}`, { cause })
  }
}

/**
 * Written whole before it gets its name, so that nobody reads half of it. Of two processes that start at once one gives
 * the name, and the other reads what that one wrote.
 */
function create(file: string): void {
  const draft = `${file}.${randomUUID()}`
  try {
    writeFileSync(draft, randomBytes(32).toString('base64url'), { mode: 0o600, flush: true })
    linkSync(draft, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
}
