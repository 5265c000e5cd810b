import { useRef, useState } from 'react'
import button from '../../components/button.module.css'
import { leaveForLogin, signOut } from '../../session/sign-out.ts'
import style from './sessions-page.module.css'

/** Ends every session of the person, after they have said so twice. */
export function SignOutEverywhere() {
  const dialog = useRef<HTMLDialogElement>(null)
  const [state, setState] = useState<'idle' | 'leaving' | 'failed'>('idle')
  const leave = async () => {
    if (state === 'leaving') return
    setState('leaving')
    try {
      await signOut({ everywhere: true })
      leaveForLogin()
    } catch (cause) {
      console.error('Signing out failed', cause)
      setState('failed')
    }
  }
  return (
    <>
      <button type="button" className={button.button} onClick={() => dialog.current?.showModal()}>
        Sign out everywhere
      </button>
      <dialog ref={dialog} className={style.dialog} aria-labelledby="everywhere-heading">
        <h2 id="everywhere-heading">Sign out everywhere?</h2>
        <p>
          This ends all sessions in this list at once, this browser and every connected client included. Scripts stop
          working until they get a new value.
        </p>
        {state === 'failed' && (
          <p className={style.problem} role="alert">
            The gateway did not confirm it: your sessions may still be open. Try again.
          </p>
        )}
        <div className={style.actions}>
          <button type="button" className={button.primary} aria-busy={state === 'leaving'} onClick={() => void leave()}>
            Sign out everywhere
          </button>
          <button type="button" className={button.button} onClick={() => dialog.current?.close()}>
            Stay signed in
          </button>
        </div>
      </dialog>
    </>
  )
}
