import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** A session cookie as it is kept for `curl -b`. */
export interface JarCookie {
  /** The host that gets it, and no other. */
  host: string
  name: string
  value: string
  /** Whether it is sent by https alone. */
  secure: boolean
  expiresAt: Date
}

const HEADER = '# Netscape HTTP Cookie File'
/** Marks a cookie that scripts of a page would not see; it is no comment. */
const HTTP_ONLY = '#HttpOnly_'

/**
 * Puts a cookie into a file in Netscape's format, in the place of the one of its host and name; other cookies stay. The
 * file is readable by its owner alone from its first byte on, and is replaced in one step.
 */
export async function saveCookie(path: string, cookie: JarCookie): Promise<void> {
  const others = (await readLines(path)).filter((line) => !isSame(line, cookie))
  await replaceFile(path, [...others, formatLine(cookie)])
}

/** Takes a cookie out of the file; nothing happens where there is none. */
export async function removeCookie(path: string, cookie: Pick<JarCookie, 'host' | 'name'>): Promise<void> {
  const lines = await readLines(path)
  const others = lines.filter((line) => !isSame(line, cookie))
  if (others.length < lines.length) await replaceFile(path, others)
}

/** The cookies of a host. */
export async function findCookies(path: string, host: string): Promise<JarCookie[]> {
  return (await readLines(path)).flatMap((line) => {
    const cookie = parseLine(line)
    return cookie?.host === host ? [cookie] : []
  })
}

function formatLine({ host, name, value, secure, expiresAt }: JarCookie): string {
  const isForSubdomains = 'FALSE'
  const seconds = Math.floor(expiresAt.getTime() / 1000)
  return [`${HTTP_ONLY}${host}`, isForSubdomains, '/', secure ? 'TRUE' : 'FALSE', seconds, name, value].join('\t')
}

function parseLine(line: string): JarCookie | null {
  const [place = '', , , secure, expires, name, value] = line.split('\t')
  if (name === undefined || value === undefined) return null
  const host = place.startsWith(HTTP_ONLY) ? place.slice(HTTP_ONLY.length) : place
  return { host, name, value, secure: secure === 'TRUE', expiresAt: new Date(Number(expires) * 1000) }
}

function isSame(line: string, { host, name }: Pick<JarCookie, 'host' | 'name'>): boolean {
  const cookie = parseLine(line)
  return cookie?.host === host && cookie.name === name
}

async function readLines(path: string): Promise<string[]> {
  try {
    const lines = (await readFile(path, 'utf8')).split(/\r?\n/)
    return lines.filter((line) => line !== '' && line !== HEADER)
  } catch (error) {
    if (isMissing(error)) return []
    throw error
  }
}

async function replaceFile(path: string, lines: readonly string[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}.new`
  await writeFile(draft, [HEADER, ...lines, ''].join('\n'), { mode: 0o600 })
  await rename(draft, path)
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
}
