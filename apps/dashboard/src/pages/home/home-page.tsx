import button from '../../components/button.module.css'
import { countNoun, countText } from '../../components/count.ts'
import { EmptyState } from '../../components/empty-state.tsx'
import { FilterBox } from '../../components/filter-box.tsx'
import { LoadMore } from '../../components/load-more.tsx'
import { useMorePages } from '../../components/more-pages.ts'
import { Skeleton } from '../../components/skeleton.tsx'
import { FailureNotice } from '../../failure/failure-notice.tsx'
import { findFailure } from '../../failure/failure.ts'
import { HomePageDocument, type HomePageQuery, useHomePageQuery } from '../../generated/graphql.ts'
import { Page, PageHeading } from '../../navigation/page.tsx'
import { useUrlParameter } from '../../navigation/url-parameter.ts'
import style from './home-page.module.css'
import { OrganizationCard } from './organization-card.tsx'

/** Every organization of every region the person can see. */
export function HomePage() {
  const [filter, setFilter] = useUrlParameter('q')
  return (
    <Page title="Organizations">
      <div className={style.top}>
        <PageHeading>Organizations</PageHeading>
        <FilterBox label="Filter organizations" value={filter} onChange={setFilter} />
      </div>
      <Organizations filter={filter} onClearFilter={() => setFilter('')} />
    </Page>
  )
}

function Organizations({ filter, onClearFilter }: { filter: string; onClearFilter: () => void }) {
  const variables = filter ? { query: filter } : {}
  const answer = useHomePageQuery({ variables })
  const connected = useMorePages(answer, HomePageDocument, variables, selectOrganizations)
  const [{ error, fetching }, ask] = answer

  const failure = findFailure(error, ['viewer', 'organizations'])
  if (!connected && failure && !fetching) {
    return <FailureNotice failure={failure} onRetry={() => ask({ requestPolicy: 'network-only' })} />
  }
  if (!connected) return <Skeleton shape="cards" label="Loading organizations" />

  const { items, last } = connected
  if (items.length === 0) return <NoOrganization filter={filter} onClearFilter={onClearFilter} />
  const regions = new Set(items.flatMap(({ region }) => region?.name ?? []))
  return (
    <section aria-label="All organizations" aria-busy={fetching} className={style.organizations}>
      <output className={style.summary}>
        {countNoun(countText(last, items.length), 'organization')}
        {regions.size > 1 && ` in ${regions.size} regions`}
        {filter && ` matching “${filter}”`}
      </output>
      <ul className={style.grid}>
        {items.map((organization) => (
          <OrganizationCard
            key={organization.id}
            organization={organization}
            failure={findFailure(error, failurePath(answer[0].data, organization.id))}
          />
        ))}
      </ul>
      <LoadMore connected={connected} noun="organizations" />
    </section>
  )
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

function selectOrganizations(data: HomePageQuery) {
  return data.viewer?.organizations
}

function failurePath(data: HomePageQuery | undefined, id: string): (string | number)[] {
  const index = data?.viewer?.organizations?.nodes.findIndex((organization) => organization.id === id) ?? -1
  return ['viewer', 'organizations', 'nodes', index, 'projects']
}
