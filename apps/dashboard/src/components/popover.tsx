import { type ReactNode, useEffect, useRef, useState } from 'react'
import style from './popover.module.css'

interface PopoverProps {
  /** What the button's picture or word leaves unsaid. */
  label: string
  button: ReactNode
  align: 'start' | 'end'
  children: (close: () => void) => ReactNode
}

/** A button that discloses a small panel; Escape, a click outside and leaving it with Tab close it. */
export function Popover({ label, button, align, children }: PopoverProps) {
  const [open, setOpen] = useState(false)
  const root = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const close = () => setOpen(false)

  useEffect(() => {
    if (!open) return undefined
    const closeOutside = ({ target }: Event) => {
      if (target instanceof Node && !root.current?.contains(target)) setOpen(false)
    }
    const closeOnEscape = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return
      setOpen(false)
      trigger.current?.focus()
    }
    const listening = new AbortController()
    document.addEventListener('pointerdown', closeOutside, listening)
    document.addEventListener('focusin', closeOutside, listening)
    document.addEventListener('keydown', closeOnEscape, listening)
    return () => listening.abort()
  }, [open])

  return (
    <div ref={root} className={style.root}>
      <button ref={trigger} type="button" className={style.trigger} aria-expanded={open} onClick={() => setOpen(!open)}>
        {button}
        <span className="visually-hidden">{label}</span>
      </button>
      {open && <div className={`${style.panel} ${style[align]}`}>{children(close)}</div>}
    </div>
  )
}
