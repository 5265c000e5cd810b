// Runs before the first paint, so that a chosen theme never flashes. src/design/theme.ts writes what this reads.
try {
  const theme = localStorage.getItem('sentry-graph:theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be forbidden; the system's theme is the answer then.
  delete document.documentElement.dataset.theme
}
