import type { GatewayFacts } from '../session/session.tsx'
import style from './shell-footer.module.css'

/** Which gateway answers and what it reads from; and that every page's data is there for one's own questions. */
export function ShellFooter({ gateway, explorer }: { gateway: GatewayFacts; explorer: boolean }) {
  return (
    <footer className={style.footer}>
      <p>
        Everything here comes from one GraphQL endpoint.
        {explorer && (
          <>
            {' '}
            <a href="/graphiql">Ask it your own questions</a>
          </>
        )}
      </p>
      <p>
        Sentry Graph {gateway.version}, reading <code>{new URL(gateway.sentryUrl).host}</code>
      </p>
    </footer>
  )
}
