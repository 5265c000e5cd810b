import { describePlatform } from './platform.ts'
import style from './platform-tile.module.css'
import { tintClass } from './tint.ts'

/** A small tile that stands for a platform. */
export function PlatformTile({ platform, size = 'm' }: { platform: string | null; size?: 's' | 'm' }) {
  const { label, glyph, tint } = describePlatform(platform)
  return (
    <span className={`${style.tile} ${style[size]} ${tintClass(tint)}`} title={label}>
      <span aria-hidden="true">{glyph}</span>
      <span className="visually-hidden">{label}</span>
    </span>
  )
}
