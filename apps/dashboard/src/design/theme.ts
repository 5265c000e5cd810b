import { useSyncExternalStore } from 'react'

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** public/theme.js reads the same key before the first paint. */
const storageKey = 'sentry-graph:theme'

/** The person's choice of theme and how to change it; every open tab and the explorer follow. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribe, readTheme), chooseTheme]
}

/** Follows a choice made in another tab; for the life of the page. */
export function followThemeOfOtherTabs(): void {
  addEventListener('storage', (event) => {
    if (event.key === storageKey) applyTheme(isTheme(event.newValue) ? event.newValue : 'system')
  })
}

const changes = new EventTarget()

function chooseTheme(theme: Theme): void {
  try {
    if (theme === 'system') localStorage.removeItem(storageKey)
    else localStorage.setItem(storageKey, theme)
  } catch (cause) {
    console.warn('The theme is kept for this page only: the browser forbids storage.', cause)
  }
  applyTheme(theme)
}

function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  changes.dispatchEvent(new Event('change'))
}

function readTheme(): Theme {
  const theme = document.documentElement.dataset.theme
  return isTheme(theme) ? theme : 'system'
}

function subscribe(notify: () => void): () => void {
  changes.addEventListener('change', notify)
  return () => changes.removeEventListener('change', notify)
}

function isTheme(value: unknown): value is Theme {
  return themes.some((theme) => theme === value)
}
