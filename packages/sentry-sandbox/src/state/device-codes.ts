import { randomInt } from 'node:crypto'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import { createRandomToken } from './random-token.ts'

/** Seconds that a device code lives. */
export const deviceCodeLifetime = 600
/** Seconds that a device has to wait between two polls. */
export const pollInterval = 5

// RFC 8628 section 6.1: no vowels, so that no words come out.
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ'

export interface DeviceRequest {
  deviceCode: string
  userCode: string
  clientId: string
  scopes: string[]
  status: 'pending' | 'approved' | 'denied'
  personId: string | null
  organizationId: string | null
  expiresAt: Date
}

/** Devices that wait for somebody to approve them elsewhere (RFC 8628). */
export interface DeviceCodes {
  issue(clientId: string, scopes: readonly string[]): DeviceRequest
  /** The request that still waits for an answer behind a user code, however it was typed. */
  findPending(userCode: string): DeviceRequest | null
  answer(userCode: string, answer: { personId: string; organizationId: string | null } | 'denied'): void
  /** Finds what a device asks about, and whether it asks too soon after the last time. */
  poll(deviceCode: string, clientId: string): { request: DeviceRequest; isTooSoon: boolean } | null
  remove(deviceCode: string): void
}

export function createDeviceCodes(database: DatabaseSync, clock: () => Date): DeviceCodes {
  const insert = database.prepare(
    'insert into device_codes (device_code, user_code, client_id, scopes, expires_at) values (?, ?, ?, ?, ?) returning *',
  )
  const sweep = database.prepare('delete from device_codes where expires_at <= ?')
  const selectPending = database.prepare(
    "select * from device_codes where user_code = ? and status = 'pending' and expires_at > ?",
  )
  const settle = database.prepare(
    'update device_codes set status = ?, person_id = ?, organization_id = ? where user_code = ?',
  )
  const select = database.prepare('select * from device_codes where device_code = ? and client_id = ?')
  const notePoll = database.prepare('update device_codes set polled_at = ? where device_code = ?')
  const remove = database.prepare('delete from device_codes where device_code = ?')
  return {
    issue(clientId, scopes) {
      const now = clock().getTime()
      // An expired code is kept for a while: its device is to learn that it expired.
      sweep.run(now - deviceCodeLifetime * 1000)
      const values = [createRandomToken(), createUserCode(), clientId, JSON.stringify(scopes)]
      return readDeviceRequest(insert.get(...values, now + deviceCodeLifetime * 1000))
    },
    findPending(userCode) {
      const row = selectPending.get(normalizeUserCode(userCode), clock().getTime())
      return row === undefined ? null : readDeviceRequest(row)
    },
    answer(userCode, answer) {
      if (answer === 'denied') settle.run('denied', null, null, userCode)
      else settle.run('approved', answer.personId, answer.organizationId, userCode)
    },
    poll(deviceCode, clientId) {
      const row = select.get(deviceCode, clientId)
      if (row === undefined) return null
      const now = clock().getTime()
      const polledAt = row['polled_at'] === null ? -Infinity : Number(row['polled_at'])
      notePoll.run(now, deviceCode)
      return { request: readDeviceRequest(row), isTooSoon: now - polledAt < pollInterval * 1000 }
    },
    remove(deviceCode) {
      remove.run(deviceCode)
    },
  }
}

function createUserCode(): string {
  const letters = Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

/** People type codes in small letters, with and without the dash. */
function normalizeUserCode(text: string): string {
  const letters = text.toUpperCase().replaceAll(/[^A-Z]/g, '')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}

function readDeviceRequest(row: Record<string, SQLOutputValue> | undefined): DeviceRequest {
  if (row === undefined) throw new Error('SQLite returned no row for an inserted device code')
  return {
    deviceCode: String(row['device_code']),
    userCode: String(row['user_code']),
    clientId: String(row['client_id']),
    scopes: JSON.parse(String(row['scopes'])) as string[],
    status: row['status'] as DeviceRequest['status'],
    personId: row['person_id'] === null ? null : String(row['person_id']),
    organizationId: row['organization_id'] === null ? null : String(row['organization_id']),
    expiresAt: new Date(Number(row['expires_at'])),
  }
}
