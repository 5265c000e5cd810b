// @vitest-environment node
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')
const colours = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(([, name, light, dark]) => [
    name,
    { light: light!, dark: dark! },
  ]),
)
const tints = ['sea', 'moss', 'clay', 'sky', 'ochre', 'rose']

const textPairs = [
  ...['page', 'surface', 'raised', 'sunken', 'hover'].flatMap((ground) => [
    ['text', ground],
    ['text-muted', ground],
  ]),
  ...['page', 'surface', 'raised', 'hover'].map((ground) => ['accent', ground]),
  ['accent-hover', 'surface'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-hover'],
  ['on-accent-soft', 'accent-soft'],
  ['on-notice', 'notice'],
  ['on-failure', 'failure'],
  ['on-failure', 'surface'],
  ...tints.map((tint) => [`on-tint-${tint}`, `tint-${tint}`]),
] as [string, string][]

const partPairs = [
  ['line-strong', 'surface'],
  ['line-strong', 'page'],
  ['line-strong', 'sunken'],
  ['focus', 'page'],
  ['focus', 'surface'],
  ['focus', 'raised'],
  ['accent', 'sunken'],
  ['success', 'surface'],
  ['success', 'success-soft'],
  ['notice-line', 'surface'],
  ['notice-line', 'notice'],
  ['failure-line', 'surface'],
  ['failure-line', 'failure'],
] as [string, string][]

describe.each(['light', 'dark'] as const)('in the %s theme', (theme) => {
  it.each(textPairs)('text of %s on %s has a contrast of 4.5:1', (ink, ground) => {
    expect(contrast(colour(ink, theme), colour(ground, theme))).toBeGreaterThanOrEqual(4.5)
  })

  it.each(partPairs)('%s stands out from %s by 3:1', (part, ground) => {
    expect(contrast(colour(part, theme), colour(ground, theme))).toBeGreaterThanOrEqual(3)
  })
})

it('measures black on white as 21:1', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
})

function colour(name: string, theme: 'light' | 'dark'): string {
  const found = colours.get(name)
  if (!found) throw new Error(`tokens.css has no colour --${name}`)
  return found[theme]
}

/** https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const [darker, lighter] = [luminance(one), luminance(other)].toSorted((a, b) => a - b) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
