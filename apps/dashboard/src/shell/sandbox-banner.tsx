import style from './sandbox-banner.module.css'

/** Demo data is always labelled as such. */
export function SandboxBanner() {
  return (
    <p className={style.banner}>
      <strong>Sentry Sandbox</strong>
      <span>
        Nothing here is real<span className={style.detail}>: people, organizations and projects are made up</span>.
      </span>
    </p>
  )
}
