import style from './tint.module.css'

const tints = ['sea', 'moss', 'clay', 'sky', 'ochre', 'rose'] as const
export type Tint = (typeof tints)[number]

/** The class of one tint. */
export function tintClass(tint: Tint): string {
  return style[tint] ?? ''
}

/** The same name always gets the same tint. */
export function tintOf(name: string): string {
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return tintClass(tints[hash % tints.length] ?? 'sea')
}
