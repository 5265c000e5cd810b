import { hash, randomBytes } from 'node:crypto'

const secretPattern = /^[A-Za-z0-9_-]{43}$/

/** A fresh session secret: 256 random bits in 43 characters. It is given out once and stored only as its hash. */
export function createSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Whether `value` has the form of a session secret; anything else need not be looked up. */
export function isSecret(value: string): boolean {
  return secretPattern.test(value)
}

/**
 * What the store keeps of a session secret or a state. Both hold 256 random bits, so that a plain SHA-256 cannot be
 * guessed back and no salt is needed.
 */
export function hashSecret(secret: string): string {
  return hash('sha256', secret, 'base64url')
}
