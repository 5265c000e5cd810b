import { expect, test } from 'vitest'
import { createSecret, hashSecret, isSecret } from './secret.ts'

test('a session secret has 43 characters and is never the same', () => {
  const secrets = Array.from({ length: 1_000 }, createSecret)
  expect(new Set(secrets).size).toBe(1_000)
  expect(secrets.every(isSecret)).toBe(true)
})

test('the hash is the SHA-256 of the secret', () => {
  expect(hashSecret('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0')
})

test.each(['', 'short', `${'a'.repeat(43)}\n`, 'a'.repeat(44), `${'a'.repeat(42)}=`, `${'a'.repeat(42)}é`])(
  'does not take %j for a secret',
  (value) => {
    expect(isSecret(value)).toBe(false)
  },
)
