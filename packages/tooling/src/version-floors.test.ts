import { describe, expect, test } from 'vitest'
import { isAtLeast, runtimeFloors, versionFloors } from './version-floors.ts'

describe('a version', () => {
  test.each([
    ['5.12.8', '5.12.8'],
    ['5.12.10', '5.12.9'],
    ['8.0.0', '7.24.0'],
    ['7.24.0+build', '7.24.0'],
    ['1.0.0-beta.2', '1.0.0-beta.1'],
  ])('%s is at least %s', (version, floor) => {
    expect(isAtLeast(version, floor)).toBe(true)
  })

  test.each([
    ['5.12.7', '5.12.8'],
    ['5.9.99', '5.12.0'],
    ['7.23.99', '7.24.0'],
    ['7.24.0-rc.1', '7.24.0'],
    ['4.99.99', '5.0.0'],
    ['', '0.0.1'],
    ['latest', '1.0.0'],
  ])('%s is below %s', (version, floor) => {
    expect(isAtLeast(version, floor)).toBe(false)
  })
})

test.each(versionFloors)('the floor of $package says why', ({ version, reasons }) => {
  expect(version).toMatch(/^\d+\.\d+\.\d+$/)
  expect(reasons.length).toBeGreaterThan(0)
  for (const reason of reasons) expect(reason).toMatch(/^(CVE-\d{4}-\d+|GHSA(-[a-z0-9]{4}){3})$/)
})

test.each(runtimeFloors)(
  'the Node that runs this has a $package that is recent enough',
  ({ package: name, version }) => {
    expect(isAtLeast(process.versions[name] ?? '', version)).toBe(true)
  },
)
