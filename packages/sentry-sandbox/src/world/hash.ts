// The living part of the world is drawn millions of times, so it is drawn from 32-bit numbers rather than from digests of texts.

/** A 32-bit number for a text, the same at every start. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return mix(hash, text.length)
}

/** A 32-bit number that looks unrelated to those of its neighbours. */
export function mix(left: number, right: number): number {
  let hash = Math.imul(left ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(right + 0x7f4a7c15, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return (hash ^ (hash >>> 15)) >>> 0
}

/** A number in [0, 1), drawn from a seed and the purpose of the draw. */
export function fraction(seed: number, purpose: number): number {
  return mix(seed, purpose) / 2 ** 32
}

/** An integer from `least` to `most`, both included. */
export function integerBetween(seed: number, purpose: number, least: number, most: number): number {
  return least + Math.floor(fraction(seed, purpose) * (most - least + 1))
}

/** One of the given items. */
export function pickOne<T>(seed: number, purpose: number, items: readonly T[]): T {
  const item = items[Math.floor(fraction(seed, purpose) * items.length)]
  if (item === undefined) throw new RangeError('There is nothing to pick from')
  return item
}

/** Index of one of the weights, each as likely as its part of their sum. */
export function pickIndex(share: number, weights: readonly number[]): number {
  let left = share * weights.reduce((sum, weight) => sum + weight, 0)
  for (const [index, weight] of weights.entries()) {
    left -= weight
    if (left < 0) return index
  }
  return weights.length - 1
}

/** Lower-case hexadecimal digits. */
export function hexDigits(seed: number, purpose: number, length: number): string {
  let digits = ''
  for (let part = 0; digits.length < length; part += 1) {
    digits += mix(mix(seed, purpose), part).toString(16).padStart(8, '0')
  }
  return digits.slice(0, length)
}

/** A UUID of version 4, with dashes. */
export function drawUuid(seed: number, purpose: number): string {
  const digits = hexDigits(seed, purpose, 32)
  const parts = [digits.slice(0, 8), digits.slice(8, 12), `4${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`]
  return [...parts, digits.slice(20)].join('-')
}
