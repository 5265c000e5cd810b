import { useState } from 'react'
import { Link } from 'wouter'
import { Avatar } from '../components/avatar.tsx'
import { Icon } from '../components/icon.tsx'
import { Popover } from '../components/popover.tsx'
import { themes, useTheme } from '../design/theme.ts'
import type { ShellViewer } from '../session/session.tsx'
import { leaveForLogin, signOut } from '../session/sign-out.ts'
import { personName } from './person-name.ts'
import style from './menu.module.css'

/** Who is signed in, the theme, and the way out. */
export function UserMenu({ viewer }: { viewer: ShellViewer }) {
  const name = personName(viewer.user)
  const button = <Avatar name={name} imageUrl={viewer.user.avatarUrl} size="s" shape="round" />
  return (
    <Popover label={`${name}: account and theme`} button={button} align="end">
      {(close) => (
        <>
          <p className={style.person}>
            <strong>{name}</strong>
            {viewer.user.email && <span>{viewer.user.email}</span>}
          </p>
          <hr className={style.separator} />
          <ThemeChoice />
          <hr className={style.separator} />
          <Link className={style.item} href="/sessions" onClick={close}>
            <Icon name="sessions" />
            Sessions and clients
          </Link>
          <SignOutButton />
        </>
      )}
    </Popover>
  )
}

function ThemeChoice() {
  const [theme, chooseTheme] = useTheme()
  return (
    <>
      <p className={style.label} id="theme-label">
        Theme
      </p>
      <div className={style.themes} role="radiogroup" aria-labelledby="theme-label">
        {themes.map((choice) => (
          <label key={choice}>
            <input type="radio" name="theme" checked={theme === choice} onChange={() => chooseTheme(choice)} />
            {choice}
          </label>
        ))}
      </div>
    </>
  )
}

function SignOutButton() {
  const [state, setState] = useState<'idle' | 'leaving' | 'failed'>('idle')
  const leave = async () => {
    if (state === 'leaving') return
    setState('leaving')
    try {
      await signOut()
      leaveForLogin()
    } catch (cause) {
      console.error('Signing out failed', cause)
      setState('failed')
    }
  }
  return (
    <>
      {state === 'failed' && (
        <p className={style.problem} role="alert">
          You are still signed in: the gateway did not confirm the sign-out. Try again.
        </p>
      )}
      <button
        type="button"
        className={style.item}
        aria-busy={state === 'leaving'}
        aria-disabled={state === 'leaving'}
        onClick={() => void leave()}
      >
        <Icon name="signOut" />
        Sign out
      </button>
    </>
  )
}
