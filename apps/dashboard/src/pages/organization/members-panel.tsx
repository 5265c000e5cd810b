import { Avatar } from '../../components/avatar.tsx'
import chip from '../../components/chip.module.css'
import { EmptyState } from '../../components/empty-state.tsx'
import { LoadMore } from '../../components/load-more.tsx'
import { useMorePages } from '../../components/more-pages.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { FailureNotice } from '../../failure/failure-notice.tsx'
import { findFailure } from '../../failure/failure.ts'
import {
  OrganizationMembersDocument,
  type OrganizationMembersQuery,
  useOrganizationMembersQuery,
} from '../../generated/graphql.ts'
import { personName } from '../../shell/person-name.ts'
import { Panel } from './panel.tsx'
import style from './people-list.module.css'

/** The people of the organization, those invited but not yet in it included. */
export function MembersPanel({ slug }: { slug: string }) {
  return (
    <Panel id="members" title="Members">
      <Members slug={slug} />
    </Panel>
  )
}

function Members({ slug }: { slug: string }) {
  const variables = { slug }
  const answer = useOrganizationMembersQuery({ variables })
  const connected = useMorePages(answer, OrganizationMembersDocument, variables, selectMembers)
  const [{ error, fetching }, ask] = answer

  const failure = findFailure(error, ['organization', 'members'])
  if (!connected && failure && !fetching) {
    return <FailureNotice failure={failure} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  }
  if (!connected) return <Skeleton shape="rows" count={4} label="Loading members" />
  if (connected.items.length === 0) {
    return <EmptyState title="No members">Sentry lists nobody in this organization.</EmptyState>
  }
  return (
    <>
      <ul className={style.list}>
        {connected.items.map((member) => (
          <MemberRow key={member.id} member={member} />
        ))}
      </ul>
      <LoadMore connected={connected} noun="members" />
    </>
  )
}

function MemberRow({ member }: { member: NonNullable<ReturnType<typeof selectMembers>>['nodes'][number] }) {
  const name = personName(member)
  const state = member.isExpired ? 'Invitation expired' : member.isPending ? 'Invited' : null
  return (
    <li className={style.row}>
      <Avatar name={name} imageUrl={member.user?.avatarUrl} size="s" shape="round" />
      <span className={style.names}>
        <span className={style.name}>{name}</span>
        <span className={style.detail}>{roleNames[member.orgRole] ?? member.orgRole}</span>
      </span>
      {state && <span className={chip.chip}>{state}</span>}
    </li>
  )
}

const roleNames: Record<string, string> = {
  owner: 'Owner',
  manager: 'Manager',
  admin: 'Admin',
  member: 'Member',
  billing: 'Billing',
}

function selectMembers(data: OrganizationMembersQuery) {
  return data.organization?.members
}
