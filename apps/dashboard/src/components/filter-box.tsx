import { useEffect, useState } from 'react'
import style from './filter-box.module.css'
import { Icon } from './icon.tsx'

interface FilterBoxProps {
  label: string
  value: string
  onChange: (value: string) => void
}

const pauseInMs = 250

/** A search box that reports after a pause in typing, so that each letter is not a request. */
export function FilterBox({ label, value, onChange }: FilterBoxProps) {
  const [draft, setDraft] = useState(value)
  const [reported, setReported] = useState(value)
  // The address changed from elsewhere (back button, "clear the filter"): it wins over the draft.
  if (value !== reported) {
    setReported(value)
    setDraft(value)
  }

  useEffect(() => {
    if (draft.trim() === reported) return undefined
    const timer = setTimeout(() => {
      setReported(draft.trim())
      onChange(draft.trim())
    }, pauseInMs)
    return () => clearTimeout(timer)
  }, [draft, reported, onChange])

  return (
    <div className={style.box}>
      <Icon name="search" className={style.icon} />
      <input
        type="search"
        aria-label={label}
        placeholder="Filter by name or slug"
        value={draft}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && draft === '' && event.currentTarget.blur()}
      />
      <kbd className={style.key} aria-hidden="true">
        /
      </kbd>
    </div>
  )
}
