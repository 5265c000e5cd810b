import { Fragment, type Ref } from 'react'
import button from '../components/button.module.css'
import type { Shortcut } from '../navigation/shortcuts.ts'
import style from './shortcuts-dialog.module.css'

/** What the keyboard can do; the browser's own dialog brings Escape and the return of focus. */
export function ShortcutsDialog({ shortcuts, ref }: { shortcuts: readonly Shortcut[]; ref: Ref<HTMLDialogElement> }) {
  return (
    <dialog ref={ref} className={style.dialog} aria-labelledby="shortcuts-heading">
      <form method="dialog">
        <h2 id="shortcuts-heading">Keyboard shortcuts</h2>
        <dl className={style.list}>
          {[...shortcuts, { keys: 'Esc', label: 'Close what is open' }].map(({ keys, label }) => (
            <Fragment key={keys}>
              <dt>
                {keys.split(' ').map((key) => (
                  <kbd key={key}>{key}</kbd>
                ))}
              </dt>
              <dd>{label}</dd>
            </Fragment>
          ))}
        </dl>
        <button type="submit" className={button.button}>
          Close
        </button>
      </form>
    </dialog>
  )
}
