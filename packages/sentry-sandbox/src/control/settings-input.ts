import type { Settings } from '../server/settings.ts'
import { either, isBoolean, isCount, isExactly, isOneOf, isText, readShape } from './control-input.ts'

function isRateLimit(value: unknown): boolean {
  readShape(value, { required: { limit: isCount, window: isCount, concurrency: isCount } })
  return true
}

/** @throws {ControlInputError} for what are no settings. */
export function readSettings(value: unknown): Partial<Settings> {
  return readShape(value, {
    optional: {
      accessTokenLifetime: isCount,
      rateLimit: either(isExactly(false), isRateLimit),
      rateLimitBody: isOneOf(['object', 'string']),
      isSelfHosted: isBoolean,
      hasRevocation: isBoolean,
      hasMetadata: isBoolean,
      idTokenSecret: either(isExactly(null), isText),
      tokenReplicationDelay: isCount,
    } satisfies Record<keyof Settings, (candidate: unknown) => boolean>,
  })
}
