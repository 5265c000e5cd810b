import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { SealedValueErrorCode } from './errors.ts'
import { createSealing, type SealedPlace } from './sealing.ts'
import { sealingSecret } from './store.fixture.ts'

const place: SealedPlace = { table: 'grants', column: 'access_token', grantId: 'grant-1', userId: 'user-1' }
const sealing = createSealing([sealingSecret])

function refusal(code: SealedValueErrorCode) {
  return expect.objectContaining({ name: 'SealedValueError', code })
}

describe('sealing', () => {
  test('opens what it sealed, whatever the text', () => {
    for (const value of ['token', '', 'ü €'.repeat(1_000)]) {
      expect(sealing.open(sealing.seal(value, place), place)).toBe(value)
    }
  })

  test('writes v1.<keyId>.<nonce>.<ciphertext>.<tag> and none of the value', () => {
    const envelope = sealing.seal('token-in-clear', place)
    expect(envelope).toMatch(/^v1\.[\w-]{11}\.[\w-]{16}\.[\w-]{19}\.[\w-]{22}$/)
    expect(Buffer.from(envelope.split('.')[3] ?? '', 'base64url').toString('latin1')).not.toContain('token')
  })

  test('never seals a value twice alike', () => {
    const envelopes = Array.from({ length: 100 }, () => sealing.seal('token', place))
    expect(new Set(envelopes.map((envelope) => envelope.split('.')[2])).size).toBe(100)
  })

  test('refuses to be created without a secret', () => {
    expect(() => createSealing([])).toThrow(TypeError)
  })
})

describe('rotation', () => {
  const formerSecret = 'the secret of last year, more than 32 characters'
  const former = createSealing([formerSecret])
  const rotated = createSealing([sealingSecret, formerSecret])

  test('opens values of every listed secret', () => {
    expect(rotated.open(former.seal('token', place), place)).toBe('token')
    expect(rotated.open(sealing.seal('token', place), place)).toBe('token')
  })

  test('seals with the first secret', () => {
    expect(sealing.open(rotated.seal('token', place), place)).toBe('token')
  })

  test('refuses a value of a secret that is no longer listed', () => {
    expect(() => sealing.open(former.seal('token', place), place)).toThrow(refusal('unknown_key'))
  })

  test('refuses a value that claims a key it was not sealed with', () => {
    const keyId = rotated.seal('token', place).split('.')[1] ?? ''
    const envelope = former.seal('token', place).split('.').with(1, keyId).join('.')
    expect(() => rotated.open(envelope, place)).toThrow(refusal('not_authentic'))
  })
})

describe('a sealed value that was altered or moved', () => {
  const envelope = sealing.seal('token', place)

  test('is refused with any one character changed', () => {
    for (let index = 0; index < envelope.length; index += 1) {
      const altered = envelope.slice(0, index) + (envelope[index] === 'A' ? 'B' : 'A') + envelope.slice(index + 1)
      expect(() => sealing.open(altered, place)).toThrow(expect.objectContaining({ name: 'SealedValueError' }))
    }
  })

  test.each<Partial<SealedPlace>>([
    { table: 'sessions' },
    { column: 'refresh_token' },
    { grantId: 'grant-2' },
    { userId: 'user-2' },
    { grantId: 'grant-1user-1', userId: '' },
  ])('is refused at %o', (elsewhere) => {
    expect(() => sealing.open(envelope, { ...place, ...elsewhere })).toThrow(refusal('not_authentic'))
  })

  test.each([
    ['nothing', ''],
    ['a token in clear', 'token'],
    ['another version', envelope.replace('v1', 'v2')],
    ['a missing part', envelope.slice(0, envelope.lastIndexOf('.'))],
    ['one part too many', `${envelope}.AAAA`],
    ['padding', `${envelope}=`],
    ['a shortened tag', envelope.slice(0, -6)],
    ['an empty nonce', envelope.split('.').with(2, '').join('.')],
  ])('is malformed with %s', (_, altered) => {
    expect(() => sealing.open(altered, place)).toThrow(refusal('malformed'))
  })

  test('leaves no trace of the value or the secret in the error', () => {
    const secretValue = sealing.seal('a-value-in-clear', place)
    const elsewhere = { ...place, userId: 'user-2' }
    expect(() => sealing.open(secretValue, elsewhere)).toThrow(
      expect.toSatisfy((error: unknown) => {
        const everything = inspect(error, { depth: Number.POSITIVE_INFINITY, showHidden: true })
        return (
          everything.includes('not_authentic') &&
          ![secretValue, 'in-clear', sealingSecret].some((hidden) => everything.includes(hidden))
        )
      }),
    )
  })
})
