import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findCookies, removeCookie, saveCookie, type JarCookie } from './cookie-jar.ts'

let folder: string
let jar: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cookie-jar-'))
  jar = join(folder, 'of', 'mine', 'cookies.txt')
})
afterEach(() => rm(folder, { recursive: true }))

const cookie: JarCookie = {
  host: 'graph.example.com',
  name: '__Host-sentry_graph',
  value: 'a%2Fvalue',
  secure: true,
  expiresAt: new Date('2026-12-24T10:00:00Z'),
}

test('a jar is what curl reads, for its owner alone', async () => {
  await saveCookie(jar, cookie)
  expect(await readFile(jar, 'utf8')).toBe(
    '# Netscape HTTP Cookie File\n#HttpOnly_graph.example.com\tFALSE\t/\tTRUE\t1798106400\t__Host-sentry_graph\ta%2Fvalue\n',
  )
  expect((await stat(jar)).mode & 0o777).toBe(0o600)
  expect((await stat(join(folder, 'of', 'mine'))).mode & 0o777).toBe(0o700)
})

test('a cookie takes the place of its own kind and leaves the others alone', async () => {
  await saveCookie(jar, cookie)
  const other = '.example.org\tTRUE\t/\tFALSE\t0\ttheme\tdark'
  await writeFile(jar, `${await readFile(jar, 'utf8')}\n${other}\r\n`)
  await saveCookie(jar, { ...cookie, value: 'newer' })
  expect(await findCookies(jar, 'graph.example.com')).toEqual([{ ...cookie, value: 'newer' }])
  expect(await readFile(jar, 'utf8')).toContain(`${other}\n`)

  await removeCookie(jar, cookie)
  expect(await findCookies(jar, 'graph.example.com')).toEqual([])
  expect(await readFile(jar, 'utf8')).toContain(other)
})

test('a jar that others could read is closed to them when it is written', async () => {
  const open = join(folder, 'open.txt')
  await writeFile(open, '# Netscape HTTP Cookie File\n', { mode: 0o644 })
  await saveCookie(open, cookie)
  expect((await stat(open)).mode & 0o777).toBe(0o600)
})

test('a jar that is not there holds nothing', async () => {
  expect(await findCookies(jar, 'graph.example.com')).toEqual([])
  await removeCookie(jar, cookie)
  await expect(stat(jar)).rejects.toMatchObject({ code: 'ENOENT' })
})
