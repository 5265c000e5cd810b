import { randomBytes } from 'node:crypto'

/** 64 hexadecimal digits, the form of Sentry's codes and tokens. */
export function createRandomToken(): string {
  return randomBytes(32).toString('hex')
}
