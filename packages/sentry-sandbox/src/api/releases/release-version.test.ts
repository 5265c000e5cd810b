import { expect, test } from 'vitest'
import { compareVersions, parseVersion, shortenVersion } from './release-version.ts'

const hash = '0123456789abcdef0123456789abcdef01234567'

test.each([
  ['web@2.3.0', '2.3.0'],
  ['web@2.3.0+17', '2.3.0 (17)'],
  [hash, '0123456789ab'],
])('%s is shown as %s', (version, short) => {
  expect(shortenVersion(version)).toBe(short)
})

test('a version is read into its parts', () => {
  expect(parseVersion('web@2.3.1+17')).toEqual({
    package: 'web',
    version: { raw: '2.3.1+17', major: 2, minor: 3, patch: 1, pre: null, buildCode: '17', components: 3 },
    description: '2.3.1 (17)',
    buildHash: null,
  })
  expect(parseVersion(hash)).toMatchObject({ package: null, version: { raw: hash }, buildHash: hash })
})

test('versions sort by their numbers', () => {
  const versions = ['web@2.10.0', hash, 'web@2.9.3+20', 'web@2.9.3+3']
  expect(versions.toSorted(compareVersions)).toEqual([hash, 'web@2.9.3+3', 'web@2.9.3+20', 'web@2.10.0'])
})
