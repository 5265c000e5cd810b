import { Link } from 'wouter'
import { Avatar } from '../../components/avatar.tsx'
import button from '../../components/button.module.css'
import chip from '../../components/chip.module.css'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { FailureNotice } from '../../failure/failure-notice.tsx'
import { findFailure } from '../../failure/failure.ts'
import { type OrganizationPageQuery, useOrganizationPageQuery } from '../../generated/graphql.ts'
import { Page, PageHeading } from '../../navigation/page.tsx'
import { MembersPanel } from './members-panel.tsx'
import style from './organization-page.module.css'
import { ProjectsPanel } from './projects-panel.tsx'
import { OrganizationSummary } from './organization-summary.tsx'
import { TeamsPanel } from './teams-panel.tsx'

/** One organization: what it is, its projects, teams and members. Each part asks and fails for itself. */
export function OrganizationPage({ slug }: { slug: string }) {
  const [{ data, error, fetching }, ask] = useOrganizationPageQuery({ variables: { slug } })
  const failure = findFailure(error, ['organization'])
  const organization = data?.organization
  const unknown = !fetching && (failure?.code === 'NOT_FOUND' || (data && !organization && !failure))
  if (unknown) return <OrganizationUnknown slug={slug} />
  return (
    <Page title={organization?.name ?? slug}>
      <OrganizationHeader slug={slug} organization={organization ?? null} />
      {!fetching && !organization && failure && (
        <FailureNotice
          failure={failure}
          subject="The organization"
          onRetry={() => ask({ requestPolicy: 'network-only' })}
        />
      )}
      <OrganizationSummary slug={slug} />
      <div className={style.columns}>
        <ProjectsPanel slug={slug} />
        <div className={style.people}>
          <TeamsPanel slug={slug} />
          <MembersPanel slug={slug} />
        </div>
      </div>
    </Page>
  )
}

const dateFormat = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' })

interface OrganizationHeaderProps {
  slug: string
  organization: OrganizationPageQuery['organization']
}

/** Names the organization by its slug until its name is known, in one heading that keeps the focus. */
function OrganizationHeader({ slug, organization }: OrganizationHeaderProps) {
  return (
    <header className={style.header}>
      <Avatar name={organization?.name ?? slug} imageUrl={organization?.avatarUrl} size="l" />
      <div className={style.identity}>
        <PageHeading>{organization?.name ?? slug}</PageHeading>
        <p className={style.facts}>
          <code>{slug}</code>
          {organization && <OrganizationFacts organization={organization} />}
        </p>
      </div>
      {organization?.permalink && (
        <a className={button.button} href={organization.permalink} target="_blank" rel="noreferrer">
          Open in Sentry
          <Icon name="external" />
        </a>
      )}
    </header>
  )
}

function OrganizationFacts({ organization }: { organization: NonNullable<OrganizationPageQuery['organization']> }) {
  const { region, dateCreated } = organization
  return (
    <>
      {region?.name && <span className={chip.accent}>Region {region.name}</span>}
      {region && !region.reachable && <span className={chip.chip}>not reachable right now</span>}
      {dateCreated && (
        <span>
          Since <time dateTime={dateCreated}>{dateFormat.format(new Date(dateCreated))}</time>
        </span>
      )}
    </>
  )
}

function OrganizationUnknown({ slug }: { slug: string }) {
  return (
    <Page title="Organization not found">
      <PageHeading>Organization not found</PageHeading>
      <EmptyState title={`Sentry shows you no organization “${slug}”`}>
        <p>It may have been renamed, or your account is not a member of it.</p>
        <Link className={button.button} href="/">
          All organizations
        </Link>
      </EmptyState>
    </Page>
  )
}
