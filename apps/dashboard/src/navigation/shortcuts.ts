import { useEffect } from 'react'

export interface Shortcut {
  /** One key, or two pressed one after the other: `/`, `g h`. */
  keys: string
  label: string
  run: () => void
}

/** How long the first key of a pair waits for the second. */
const pairTimeInMs = 1500

/** Runs shortcuts while the person is not writing anywhere and no dialog is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    let first: { key: string; at: number } | null = null
    const withKeys = (keys: string) => shortcuts.find((candidate) => candidate.keys === keys)
    const press = (event: KeyboardEvent) => {
      if (!writesCharacter(event) || isOccupied(event.target)) return
      const isSecond = first !== null && event.timeStamp - first.at < pairTimeInMs
      const pair = isSecond ? withKeys(`${first?.key} ${event.key}`) : undefined
      const shortcut = pair ?? withKeys(event.key)
      first = { key: event.key, at: event.timeStamp }
      if (!shortcut) return
      event.preventDefault()
      first = null
      shortcut.run()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [shortcuts])
}

/** The filter box of the page, if it has one. */
export function focusFilter(): void {
  document.querySelector<HTMLInputElement>('input[type="search"]')?.focus()
}

/**
 * True for what a key writes, whichever keys the layout needs for it (`?` may take Shift, `/` Shift or AltGr); Shift
 * itself, Tab or Escape are no part of a shortcut.
 */
function writesCharacter(event: KeyboardEvent): boolean {
  const isCommand = event.ctrlKey || event.metaKey || event.altKey
  return event.key.length === 1 && (!isCommand || event.getModifierState('AltGraph'))
}

function isOccupied(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
