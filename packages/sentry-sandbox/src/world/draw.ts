import { createHash } from 'node:crypto'

// Every drawn fact depends on its own key alone, so adding one record never changes another.

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest()
}

/** A number in [0, 1) that is always the same for the same key. */
export function draw(key: string): number {
  return digest(key).readUInt32BE(0) / 2 ** 32
}

/** Whether an event of the given probability (0 to 1) happens for this key. */
export function drawChance(key: string, probability: number): boolean {
  return draw(key) < probability
}

/** An integer from `least` to `most`, both included. */
export function drawInteger(key: string, least: number, most: number): number {
  return least + Math.floor(draw(key) * (most - least + 1))
}

/** One of the given items. */
export function drawOne<T>(key: string, items: readonly [T, ...T[]]): T {
  return items[Math.floor(draw(key) * items.length)] ?? items[0]
}

/** Lower-case hexadecimal digits, at most 64. */
export function drawHex(key: string, length: number): string {
  return digest(key).toString('hex').slice(0, length)
}

/** A moment between two ISO dates, in Sentry's notation: UTC with microseconds. */
export function drawMoment(key: string, from: string, to: string): string {
  const start = Date.parse(from)
  const milliseconds = start + Math.floor(draw(key) * (Date.parse(to) - start))
  const microseconds = String(drawInteger(`${key}/microseconds`, 0, 999)).padStart(3, '0')
  return new Date(milliseconds).toISOString().replace('Z', `${microseconds}Z`)
}

/** A 16-digit id like Sentry's snowflakes: larger than 2^31, smaller than 2^53. */
export function drawId(key: string): string {
  return `4507${String(digest(`id/${key}`).readBigUInt64BE(0) % 1_000_000_000_000n).padStart(12, '0')}`
}
