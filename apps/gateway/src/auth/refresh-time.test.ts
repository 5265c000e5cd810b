import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { isRefreshDue } from './refresh-time.ts'

const issuedAt = new Date('2026-01-01T00:00:00Z')
const hour = 3_600_000
const life = 720 * hour
const expiresAt = new Date(issuedAt.getTime() + life)

const grantOf = (id: string, version = 1) => ({ id, userId: 'u', issuedAt, expiresAt, version })
const after = (hours: number) => new Date(issuedAt.getTime() + hours * hour)

/** The first hour of its life in which a grant is refreshed. */
function hourOfRefresh(grant: ReturnType<typeof grantOf>): number {
  for (let hours = 0; hours <= 720; hours++) if (isRefreshDue(grant, after(hours))) return hours
  throw new Error('It is never refreshed')
}

test('a refresh begins in the last tenth of the life, and while half of that is left', () => {
  for (let grants = 0; grants < 200; grants++) {
    const hours = hourOfRefresh(grantOf(randomUUID()))
    expect(hours).toBeGreaterThanOrEqual(648)
    expect(hours).toBeLessThanOrEqual(685)
  }
})

test('a herd that signed in together does not come back together', () => {
  const hours = Array.from({ length: 200 }, () => hourOfRefresh(grantOf(randomUUID())))
  const most = Math.max(...hours.map((one) => hours.filter((other) => other === one).length))
  expect(new Set(hours).size).toBeGreaterThan(25)
  expect(most).toBeLessThan(30)
})

test('the moment is the same wherever it is asked, and another for the next pair', () => {
  const grant = grantOf('c0ffee00-0000-4000-8000-000000000000')
  expect(hourOfRefresh({ ...grant })).toBe(hourOfRefresh(grant))
  const moments = [1, 2, 3, 4, 5, 6].map((version) => hourOfRefresh({ ...grant, version }))
  expect(new Set(moments).size).toBeGreaterThan(1)
})

test('an access token that does not expire is not replaced', () => {
  expect(isRefreshDue({ ...grantOf('x'), expiresAt: null }, after(10_000))).toBe(false)
})
