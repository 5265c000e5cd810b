import style from './sandbox-banner.module.css'

/** Demo data is always labelled as such. */
export function SandboxBanner() {
  return (
    <aside className={style.banner} aria-label="Sandbox">
      <strong>Sentry Sandbox</strong>
      <span>
        Nothing here is real<span className={style.detail}>: people, organizations and projects are made up</span>.
      </span>
    </aside>
  )
}
