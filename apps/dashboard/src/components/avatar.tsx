import { useState } from 'react'
import style from './avatar.module.css'
import { tintOf } from './tint.ts'

interface AvatarProps {
  name: string
  imageUrl?: string | null | undefined
  size?: 's' | 'm' | 'l'
  shape?: 'square' | 'round'
}

/** A picture, or the first letters of the name when there is none or it does not load. */
export function Avatar({ name, imageUrl, size = 'm', shape = 'square' }: AvatarProps) {
  const [broken, setBroken] = useState(false)
  const classes = [style.avatar, style[size], style[shape], tintOf(name)].join(' ')
  return (
    <span className={classes} aria-hidden="true">
      {imageUrl && !broken ? (
        <img src={imageUrl} alt="" loading="lazy" referrerPolicy="no-referrer" onError={() => setBroken(true)} />
      ) : (
        monogram(name)
      )}
    </span>
  )
}

function monogram(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? ['?']
  const letters = words.length > 1 ? words.slice(0, 2).map((word) => word.charAt(0)) : [words[0].slice(0, 2)]
  return letters.join('').toUpperCase()
}
