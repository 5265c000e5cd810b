import { type ReactNode, useMemo, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Icon } from '../components/icon.tsx'
import { ProductMark } from '../components/product-mark.tsx'
import { type OrganizationOnScreen, OrganizationOnScreenContext } from '../navigation/organization-on-screen.ts'
import { focusFilter, type Shortcut, useShortcuts } from '../navigation/shortcuts.ts'
import { useExplorer, useGateway, useSession } from '../session/session.tsx'
import style from './app-shell.module.css'
import { OrganizationSwitcher } from './organization-switcher.tsx'
import { SandboxBanner } from './sandbox-banner.tsx'
import { ShellFooter } from './shell-footer.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'
import { UserMenu } from './user-menu.tsx'

/** Header, navigation and keyboard around every page of a signed-in person. */
export function AppShell({ children }: { children: ReactNode }) {
  const gateway = useGateway()
  const session = useSession()
  const explorer = useExplorer()
  const [, navigate] = useLocation()
  const [organization, setOrganization] = useState<OrganizationOnScreen | null>(null)
  const dialog = useRef<HTMLDialogElement>(null)

  const shortcuts = useMemo(
    (): Shortcut[] => [
      { keys: '/', label: 'Filter this page', run: focusFilter },
      { keys: 'g h', label: 'Go home, to all organizations', run: () => navigate('/') },
      ...(explorer ? [{ keys: 'g e', label: 'Go to the explorer', run: () => location.assign('/graphiql') }] : []),
      { keys: '?', label: 'Show these shortcuts', run: () => dialog.current?.showModal() },
    ],
    [navigate, explorer],
  )
  useShortcuts(shortcuts)

  return (
    <>
      <a className={style.skip} href="#main">
        Skip to content
      </a>
      {gateway?.isSandbox && <SandboxBanner />}
      <header className={style.header}>
        <div className={style.bar}>
          <Link href="/" className={style.product} aria-label="Sentry Graph, home">
            <ProductMark />
            <span className={style.name}>Sentry Graph</span>
          </Link>
          <nav className={style.nav} aria-label="Main">
            {session.state === 'signed-in' && <OrganizationSwitcher known={organization} />}
            {explorer && (
              <a className={style.explorer} href="/graphiql" aria-label="Explorer">
                <Icon name="explorer" />
                <span>Explorer</span>
              </a>
            )}
          </nav>
          <button
            type="button"
            className={style.keys}
            aria-label="Keyboard shortcuts"
            onClick={() => dialog.current?.showModal()}
          >
            <Icon name="keyboard" />
          </button>
          {session.state === 'signed-in' && <UserMenu viewer={session.viewer} />}
        </div>
      </header>
      <OrganizationOnScreenContext value={setOrganization}>{children}</OrganizationOnScreenContext>
      {gateway && <ShellFooter gateway={gateway} explorer={explorer} />}
      <ShortcutsDialog ref={dialog} shortcuts={shortcuts} />
    </>
  )
}
