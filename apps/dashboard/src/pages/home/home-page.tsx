import { useRef } from 'react'
import { readAnswer } from '../../components/answer.ts'
import button from '../../components/button.module.css'
import { countNoun, countText } from '../../components/count.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { Listed } from '../../components/listed.tsx'
import { type ListedItems, type Listing, useListing } from '../../components/listing.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import {
  HomePageDocument,
  type HomePageQuery,
  type OrganizationCardFragment,
  useHomePageQuery,
} from '../../generated/graphql.ts'
import { Page, PageHeading } from '../../navigation/page.tsx'
import { useUrlParameter } from '../../navigation/url-parameter.ts'
import style from './home-page.module.css'
import { OrganizationCard } from './organization-card.tsx'

/** Every organization of every region the person can see. */
export function HomePage() {
  const [filter, setFilter] = useUrlParameter('q')
  const summary = useRef<HTMLOutputElement>(null)
  const organizations = useOrganizations(filter)
  const hasNone = filter === '' && organizations.state === 'listed' && organizations.items.length === 0
  const clearFilter = () => {
    setFilter('')
    summary.current?.focus()
  }
  return (
    <Page title="Organizations">
      <div className={style.top}>
        <PageHeading>Organizations</PageHeading>
        {!hasNone && <FilterBox label="Filter organizations" value={filter} onChange={setFilter} />}
      </div>
      <section aria-label="All organizations">
        <output ref={summary} tabIndex={-1} className={style.summary}>
          {summarize(organizations, filter)}
        </output>
        <Listed
          listing={organizations}
          noun="organizations"
          skeleton={<Skeleton shape="cards" label="Loading organizations" />}
          empty={<NoOrganization filter={filter} onClearFilter={clearFilter} />}
        >
          {(items) => organizations.state === 'listed' && <Cards organizations={items} listing={organizations} />}
        </Listed>
      </section>
    </Page>
  )
}

function useOrganizations(filter: string): Listing<OrganizationCardFragment> {
  const variables = filter ? { query: filter } : {}
  const answer = readAnswer(useHomePageQuery({ variables }), variables)
  return useListing(answer, {
    document: HomePageDocument,
    variables,
    path: ['viewer', 'organizations'],
    select: (data: HomePageQuery) => data.viewer?.organizations,
  })
}

interface CardsProps {
  organizations: OrganizationCardFragment[]
  listing: ListedItems<OrganizationCardFragment>
}

function Cards({ organizations, listing }: CardsProps) {
  return (
    <ul className={style.grid}>
      {organizations.map((organization) => (
        <OrganizationCard
          key={organization.id}
          organization={organization}
          failureOf={(field) => listing.failureOf(organization.id, field)}
          onRetry={() => listing.askAgainFor(organization.id)}
        />
      ))}
    </ul>
  )
}

function summarize(listing: Listing<OrganizationCardFragment>, filter: string): string {
  if (listing.state === 'failed') return ''
  if (listing.state === 'waiting') return filter ? `Looking for “${filter}”…` : 'Asking Sentry…'
  const count = countNoun(countText(listing.last, listing.items.length), 'organization')
  return count + describeRegions(listing) + (filter ? ` matching “${filter}”` : '')
}

/** In how many regions; "at least" where the region of some, or some of the organizations, are not known. */
function describeRegions({ items, more }: ListedItems<OrganizationCardFragment>): string {
  const known = new Set(items.flatMap(({ region }) => region?.url ?? []))
  const isWhole = !more && items.every(({ region }) => region !== null)
  if (isWhole ? known.size < 2 : known.size === 0) return ''
  return ` in ${isWhole ? '' : 'at least '}${countNoun(String(known.size), 'region')}`
}

function NoOrganization({ filter, onClearFilter }: { filter: string; onClearFilter: () => void }) {
  if (filter) {
    return (
      <EmptyState title={`No organization matches “${filter}”`}>
        <p>Sentry looks for this in names and slugs.</p>
        <button type="button" className={button.button} onClick={onClearFilter}>
          Clear the filter
        </button>
      </EmptyState>
    )
  }
  return (
    <EmptyState title="Your Sentry account belongs to no organization">
      <p>
        Everything in Sentry lives in an organization. Ask a colleague to invite you, or create one in Sentry; then load
        this page again.
      </p>
    </EmptyState>
  )
}
