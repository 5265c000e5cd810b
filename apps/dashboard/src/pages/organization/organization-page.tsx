import { Link } from 'wouter'
import { readAnswer } from '../../components/answer.ts'
import { Avatar } from '../../components/avatar.tsx'
import button from '../../components/button.module.css'
import chip from '../../components/chip.module.css'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { hasRegion, RegionName } from '../../components/region-name.tsx'
import { FailureNotice } from '../../failure/failure-notice.tsx'
import { type Failure, findFailure } from '../../failure/failure.ts'
import { type OrganizationPageQuery, useOrganizationPageQuery } from '../../generated/graphql.ts'
import { useOrganizationOnScreen } from '../../navigation/organization-on-screen.ts'
import { Page, PageHeading } from '../../navigation/page.tsx'
import { MembersPanel, useMembers } from './members-panel.tsx'
import style from './organization-page.module.css'
import { ProjectsPanel, useProjects } from './projects-panel.tsx'
import { OrganizationSummary } from './organization-summary.tsx'
import { TeamsPanel, useTeams } from './teams-panel.tsx'

/** One organization: what it is, its projects, teams and members. One question brings all of it; each part fails for itself. */
export function OrganizationPage({ slug }: { slug: string }) {
  const variables = { slug }
  const answer = readAnswer(useOrganizationPageQuery({ variables }), variables)
  const projects = useProjects(answer, variables)
  const teams = useTeams(answer, slug)
  const members = useMembers(answer, slug)

  const organization = answer.data?.organization ?? null
  useOrganizationOnScreen(slug, organization?.name)
  const failure = findFailure(answer.error, ['organization'])
  const missing = !organization && !answer.fetching
  const isUnknown = missing && (!failure || failure.code === 'NOT_FOUND')
  const name = isUnknown ? 'Organization not found' : (organization?.name ?? slug)
  return (
    <Page title={name}>
      <OrganizationHeader
        name={name}
        slug={slug}
        organization={organization}
        isUnknown={isUnknown}
        regionFailure={findFailure(answer.error, ['organization', 'region'])}
      />
      {isUnknown ? (
        <OrganizationUnknown slug={slug} />
      ) : missing && failure ? (
        <FailureNotice failure={failure} subject="The organization" onRetry={answer.askAgain} />
      ) : (
        <>
          <OrganizationSummary projects={projects} teams={teams} members={members} />
          <div className={style.columns}>
            <ProjectsPanel slug={slug} all={projects} />
            <div className={style.people}>
              <TeamsPanel teams={teams} />
              <MembersPanel members={members} />
            </div>
          </div>
        </>
      )}
    </Page>
  )
}

const dateFormat = new Intl.DateTimeFormat('en', { month: 'long', year: 'numeric' })

interface OrganizationHeaderProps {
  name: string
  slug: string
  organization: OrganizationPageQuery['organization']
  isUnknown: boolean
  regionFailure: Failure | null
}

/** One heading in all states of the page, so that it keeps the focus. */
function OrganizationHeader({ name, slug, organization, isUnknown, regionFailure }: OrganizationHeaderProps) {
  return (
    <header className={style.header}>
      {!isUnknown && <Avatar name={name} imageUrl={organization?.avatarUrl} size="l" />}
      <div className={style.identity}>
        <PageHeading>{name}</PageHeading>
        {!isUnknown && (
          <p className={style.facts}>
            <code>{slug}</code>
            {organization && <OrganizationFacts organization={organization} regionFailure={regionFailure} />}
          </p>
        )}
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

interface OrganizationFactsProps {
  organization: NonNullable<OrganizationPageQuery['organization']>
  regionFailure: Failure | null
}

function OrganizationFacts({ organization, regionFailure }: OrganizationFactsProps) {
  const { region, dateCreated } = organization
  const place = { region, failure: regionFailure }
  return (
    <>
      {hasRegion(place) && (
        <span className={chip.accent}>
          Region <RegionName {...place} />
        </span>
      )}
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
    <EmptyState title={`Sentry shows you no organization “${slug}”`}>
      <p>It may have been renamed, or your account is not a member of it.</p>
      <Link className={button.button} href="/">
        All organizations
      </Link>
    </EmptyState>
  )
}
