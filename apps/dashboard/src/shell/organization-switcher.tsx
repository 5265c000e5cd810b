import { Link, useLocation } from 'wouter'
import { Avatar } from '../components/avatar.tsx'
import { Icon } from '../components/icon.tsx'
import { Popover } from '../components/popover.tsx'
import { hasRegion, RegionName, type RegionNameProps } from '../components/region-name.tsx'
import { Skeleton } from '../components/skeleton.tsx'
import { FailureNotice } from '../failure/failure-notice.tsx'
import { findFailure } from '../failure/failure.ts'
import { useOrganizationSwitcherQuery } from '../generated/graphql.ts'
import { organizationPath } from '../navigation/organization-path.ts'
import type { OrganizationOnScreen } from '../navigation/organization-on-screen.ts'
import style from './menu.module.css'

interface OrganizationSwitcherProps {
  /** The organization whose name a page told last. */
  known: OrganizationOnScreen | null
}

/** Names the organization on screen and leads to the others; they are asked for when it opens. */
export function OrganizationSwitcher({ known }: OrganizationSwitcherProps) {
  const [path] = useLocation()
  const current = /^\/o\/([^/]+)/.exec(path)?.[1]
  const label = known && known.slug === current ? known.name : (current ?? 'Organizations')
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

const path = ['viewer', 'organizations']

function OrganizationList({ current, onChoose }: { current: string | undefined; onChoose: () => void }) {
  const [{ data, error }, ask] = useOrganizationSwitcherQuery()
  const organizations = data?.viewer?.organizations
  const failure = findFailure(error, path)
  if (!organizations && failure) {
    return <FailureNotice failure={failure} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  }
  if (!organizations) return <Skeleton shape="rows" count={3} label="Loading organizations" />
  return (
    <ul>
      {organizations.nodes.map(({ id, slug, name, avatarUrl, region }, index) => (
        <li key={id}>
          <Link
            href={organizationPath(slug)}
            className={style.item}
            aria-current={slug === current ? 'page' : undefined}
            onClick={onChoose}
          >
            <Avatar name={name} imageUrl={avatarUrl} size="s" />
            <span>{name}</span>
            <Region region={region} failure={findFailure(error, [...path, 'nodes', index, 'region'])} />
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

function Region(place: RegionNameProps) {
  return (
    hasRegion(place) && (
      <span className={style.aside}>
        <RegionName {...place} />
      </span>
    )
  )
}
