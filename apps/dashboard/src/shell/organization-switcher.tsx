import { Link, useLocation } from 'wouter'
import { Avatar } from '../components/avatar.tsx'
import { Icon } from '../components/icon.tsx'
import { Popover } from '../components/popover.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { FailureNotice } from '../failure/failure-notice.tsx'
import { findFailure } from '../failure/failure.ts'
import { useOrganizationSwitcherQuery } from '../generated/graphql.ts'
import style from './menu.module.css'

/** Names the organization on screen and leads to the others; they are asked for when it opens. */
export function OrganizationSwitcher() {
  const [path] = useLocation()
  const current = /^\/o\/([^/]+)/.exec(path)?.[1]
  const label = current === undefined ? 'Organizations' : decodeURIComponent(current)
  const button = (
    <>
      <span className={style.current}>{label}</span>
      <Icon name="chevron" />
    </>
  )
  return (
    <Popover label="choose an organization" button={button} align="start">
      {(close) => <OrganizationList current={current} onChoose={close} />}
    </Popover>
  )
}

function OrganizationList({ current, onChoose }: { current: string | undefined; onChoose: () => void }) {
  const [{ data, error }, ask] = useOrganizationSwitcherQuery()
  const organizations = data?.viewer?.organizations
  const failure = findFailure(error, ['viewer', 'organizations'])
  if (!organizations && failure) {
    return <FailureNotice failure={failure} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  }
  if (!organizations) return <Skeleton shape="rows" count={3} label="Loading organizations" />
  return (
    <ul>
      {organizations.nodes.map(({ id, slug, name, avatarUrl, region }) => (
        <li key={id}>
          <Link
            href={`/o/${slug}`}
            className={style.item}
            aria-current={slug === current ? 'page' : undefined}
            onClick={onChoose}
          >
            <Avatar name={name} imageUrl={avatarUrl} size="s" />
            <span>{name}</span>
            {region?.name && <span className={style.aside}>{region.name}</span>}
          </Link>
        </li>
      ))}
      <li>
        <Link href="/" className={style.item} onClick={onChoose}>
          {organizations.pageInfo.hasNextPage ? 'More organizations…' : 'All organizations'}
        </Link>
      </li>
    </ul>
  )
}
