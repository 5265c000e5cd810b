import { useEffect } from 'react'

export interface Shortcut {
  /** One key, or two pressed one after the other: `/`, `g h`. */
  keys: string
  label: string
  run: () => void
}

/** Runs shortcuts while the person is not writing anywhere and no dialog is open. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    let first: { key: string; at: number } | null = null
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isOccupied(event.target)) return
      const keys = first && event.timeStamp - first.at < 1500 ? `${first.key} ${event.key}` : event.key
      first = { key: event.key, at: event.timeStamp }
      const shortcut = shortcuts.find((candidate) => candidate.keys === keys)
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

function isOccupied(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open]')) return true
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
