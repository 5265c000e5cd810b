import { Avatar } from '../components/avatar.tsx'
import button from '../components/button.module.css'
import { countNoun, countText } from '../components/count.ts'
import { ProductMark } from '../components/product-mark.tsx'
import { Unknown } from '../components/unknown.tsx'
import type { ExplorerQuery } from '../generated/graphql.ts'
import { signInUrl } from '../session/return-path.ts'
import { personName } from '../shell/person-name.ts'
import style from './explorer-header.module.css'

interface ExplorerHeaderProps {
  state: 'checking' | 'unreachable' | 'ready'
  viewer: ExplorerQuery['viewer']
}

/** Leads back to the dashboard and says as whom operations run. */
export function ExplorerHeader({ state, viewer }: ExplorerHeaderProps) {
  return (
    <header className={style.header}>
      <a className={style.product} href="/" aria-label="Sentry Graph, home">
        <ProductMark />
        <span className={style.name}>Sentry Graph</span>
      </a>
      <h1 className={style.title}>Explorer</h1>
      <div className={style.session} aria-busy={state === 'checking'}>
        {state === 'unreachable' && <span role="alert">The gateway cannot be reached.</span>}
        {state === 'ready' && (viewer ? <SignedInAs viewer={viewer} /> : <SignedOut />)}
      </div>
    </header>
  )
}

function SignedInAs({ viewer }: { viewer: NonNullable<ExplorerQuery['viewer']> }) {
  const { user, session, organizations } = viewer
  const name = personName(user)
  return (
    <>
      <span className={style.scopes} title={`This session may: ${session.scopes.join(', ')}`}>
        {countNoun(String(session.scopes.length), 'scope')}
        <span className="visually-hidden">: {session.scopes.join(', ')}</span>
      </span>
      <span className={style.organizations}>
        {organizations ? (
          countNoun(countText(organizations, organizations.nodes.length), 'organization')
        ) : (
          <Unknown reason="The organizations could not be read" />
        )}
      </span>
      <span className={style.person}>
        <Avatar name={name} imageUrl={user.avatarUrl} size="s" shape="round" />
        <span>{name}</span>
      </span>
    </>
  )
}

function SignedOut() {
  return (
    <>
      <span className={style.hint}>Not signed in: operations see nothing of Sentry.</span>
      <a className={button.primary} href={signInUrl('/graphiql')}>
        Sign in
      </a>
    </>
  )
}
