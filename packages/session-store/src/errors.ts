/** The database did not answer: away, locked for too long, full, damaged or closed. `cause` is its own error. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError'
  readonly code = 'store_unavailable'

  constructor(options: { cause: unknown }) {
    super('The session store is not available', options)
  }
}

/**
 * Why a sealed value did not open: it is no envelope, its key is not among the secrets, or it was altered or belongs
 * to another row.
 */
export type SealedValueErrorCode = 'malformed' | 'unknown_key' | 'not_authentic'

const sealedValueMessages = {
  malformed: 'A sealed value is not a v1 envelope',
  unknown_key: 'A sealed value was sealed with a secret that is not configured',
  not_authentic: 'A sealed value was altered or belongs to another row',
} satisfies Record<SealedValueErrorCode, string>

/** A stored token cannot be trusted or read. Never carries the value. */
export class SealedValueError extends Error {
  override readonly name = 'SealedValueError'
  readonly code: SealedValueErrorCode

  constructor(code: SealedValueErrorCode, options?: { cause: unknown }) {
    super(sealedValueMessages[code], options)
    this.code = code
  }
}

/** The SQLite inside this Node is older than the store can be trusted with. */
export class UnsupportedSqliteError extends Error {
  override readonly name = 'UnsupportedSqliteError'
  readonly code = 'unsupported_sqlite'

  constructor(version: string, lowestVersion: string) {
    super(`SQLite ${lowestVersion} or later is needed, this Node has ${version}`)
  }
}

const typedErrors = [StoreUnavailableError, SealedValueError, UnsupportedSqliteError]

/** Whatever fails in `operation` and has no type of ours is the database being away. */
export async function reachDatabase<T>(operation: () => Promise<T>): Promise<T> {
  try {
    return await operation()
  } catch (error) {
    if (typedErrors.some((type) => error instanceof type)) throw error
    throw new StoreUnavailableError({ cause: error })
  }
}
