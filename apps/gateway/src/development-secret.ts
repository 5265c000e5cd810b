import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The data folder cannot be used: it cannot be made, or its secret cannot be written or read. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError'
}

/**
 * The session secret of a machine that has none configured, kept in the data folder so that a restart signs nobody out.
 * The file is readable by its owner alone. Production never comes here.
 * Throws DataFolderError.
 */
export function keepDevelopmentSecret(dataDir: string): string {
  try {
    return readOrCreate(dataDir)
  } catch (cause) {
    throw new DataFolderError(`no use of ${dataDir}`, { cause })
  }
}

function readOrCreate(dataDir: string): string {
  const file = join(dataDir, 'session-secret')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    // 'wx' makes one of two processes that start at once the author; the other reads what that one wrote.
    writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    chmodSync(file, 0o600)
  }
  return readFileSync(file, 'utf8')
}
