import { useState } from 'react'
import style from './button.module.css'
import { Icon } from './icon.tsx'

/** Copies `text` and says whether it worked. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [outcome, setOutcome] = useState<'copied' | 'refused' | null>(null)
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome('copied'),
      () => setOutcome('refused'),
    )
  return (
    <button type="button" className={style.quiet} onClick={() => void copy()} aria-label={label}>
      <Icon name={outcome === 'copied' ? 'check' : 'copy'} />
      <output>{outcome === 'copied' ? 'Copied' : outcome === 'refused' ? 'Select it by hand' : 'Copy'}</output>
    </button>
  )
}
