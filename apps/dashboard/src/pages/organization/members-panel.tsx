import type { Answer } from '../../components/answer.ts'
import { Avatar } from '../../components/avatar.tsx'
import chip from '../../components/chip.module.css'
import { EmptyState } from '../../components/empty-state.tsx'
import { Listed } from '../../components/listed.tsx'
import { type Listing, useListing } from '../../components/listing.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import {
  OrganizationMembersDocument,
  type OrganizationMembersQuery,
  type MemberRowFragment,
} from '../../generated/graphql.ts'
import { personName } from '../../shell/person-name.ts'
import { Panel } from './panel.tsx'
import style from './people-list.module.css'

/** The people of the organization, those invited but not yet in it included. */
export function MembersPanel({ members }: { members: Listing<MemberRowFragment> }) {
  return (
    <Panel id="members" title="Members">
      <Listed
        listing={members}
        noun="members"
        fold={10}
        skeleton={<Skeleton shape="rows" count={4} label="Loading members" />}
        empty={<EmptyState title="No members">Sentry lists nobody in this organization.</EmptyState>}
      >
        {(items) => (
          <ul className={style.list}>
            {items.map((member) => (
              <MemberRow key={member.id} member={member} />
            ))}
          </ul>
        )}
      </Listed>
    </Panel>
  )
}

/** The members of an organization, the first page as the answer to the page's own query has it. */
export function useMembers(answer: Answer<OrganizationMembersQuery>, slug: string): Listing<MemberRowFragment> {
  return useListing(answer, {
    document: OrganizationMembersDocument,
    variables: { slug },
    path: ['organization', 'members'],
    select: (data: OrganizationMembersQuery) => data.organization?.members,
  })
}

function MemberRow({ member }: { member: MemberRowFragment }) {
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
