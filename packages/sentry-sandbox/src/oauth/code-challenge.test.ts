import { expect, test } from 'vitest'
import { verifyCodeChallenge } from './code-challenge.ts'

// RFC 7636 appendix B.
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'
const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

test('the verifier of the RFC belongs to its challenge', () => {
  expect(verifyCodeChallenge(challenge, verifier)).toBe(true)
})

test.each([
  ['another verifier', verifier.replace('d', 'e')],
  ['the challenge itself, as the method plain would have it', challenge],
  ['a short one', verifier.slice(0, 42)],
  ['a long one', verifier.repeat(3)],
  ['one with other characters', `${verifier.slice(0, -1)}+`],
  ['none', ''],
])('%s does not', (_what, other) => {
  expect(verifyCodeChallenge(challenge, other)).toBe(false)
})
