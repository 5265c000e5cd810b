import { expect, test } from 'vitest'
import { isCanonical } from './believable-cookies.ts'

test.each(['AAAA', 'AA%3D%3D', 'AAA%3D%3BAAAA', 'A%2B%2FA', '', `sgc_${'x'.repeat(43)}`])(
  '%j is as we write it',
  (value) => {
    expect(isCanonical(value)).toBe(true)
  },
)

test.each([
  ['of stray bits at the end', ['AB%3D%3D', 'AAB%3D']],
  ['of another percent-encoding', ['AA+A', 'AA/A', 'AA%2bA', 'AA==', '%41AAA']],
  ['of an impossible length', ['A', 'AA', 'AAAAA', 'AAA%3D%3D']],
  ['of signs that a decoder passes over', ['AAAA*', 'AA AA', 'AAAA%3B*AAAA', 'AAAA;AAAA']],
])('what is %s, is not', (_, values) => {
  expect(values.filter(isCanonical)).toEqual([])
})
