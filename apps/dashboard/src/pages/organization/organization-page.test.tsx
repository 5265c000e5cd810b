import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import {
  connection,
  failing,
  heading,
  member,
  moreAfter,
  openDashboard,
  organization,
  pending,
  project,
  team,
} from '../../gateway.fixture.tsx'

function openOrganization(fields: Record<string, unknown>, search = '') {
  return openDashboard(`/o/acme${search}`, { organization: organization(fields) })
}

function panel(name: string): Promise<HTMLElement> {
  return screen.findByRole('region', { name })
}

it('shows what the organization is and leads back to Sentry', async () => {
  openOrganization({})
  await heading('Acme Retail')
  expect(screen.getByText('Region us')).toBeTruthy()
  expect(screen.getByRole('link', { name: /Open in Sentry/ }).getAttribute('href')).toBe(
    'https://sentry.example/organizations/acme/',
  )
})

it('keeps focus on the heading while the name of the organization arrives', async () => {
  openDashboard('/', { organization: organization() })
  fireEvent.click(await screen.findByRole('link', { name: 'Acme Retail' }))
  expect(document.activeElement).toBe(await heading('Acme Retail'))
})

it('shows of each project its platform, teams, release and environments', async () => {
  openOrganization({ projects: connection([project({ isBookmarked: true, isViewerMember: true })]) })
  const card = (await screen.findByRole('link', { name: /Storefront/ })).closest('li')!
  for (const fact of ['Next.js', '#web', 'storefront@2.4.0', 'production', 'Bookmarked', 'Yours']) {
    expect(card.textContent).toContain(fact)
  }
})

it('shortens a release that is a commit, and keeps all of it for the pointer and the reader', async () => {
  const commit = '4f1c2d3e4b5a69788776655443322110ffeeddcc'
  openOrganization({ projects: connection([project({ latestReleaseVersion: commit })]) })
  const release = (await screen.findByText('4f1c2d3e4b5a')).closest('code')
  expect(release?.title).toBe(commit)
  expect(within(release!).getByText(commit).className).toBe('visually-hidden')
})

it('shows whole names of environments and counts those that do not fit', async () => {
  const environments = ['production', 'staging', 'preview', 'development']
  openOrganization({ projects: connection([project({ environments })]) })
  const chips = (await screen.findByText('production')).parentElement
  expect([...chips!.children].map((child) => child.textContent)).toEqual(['production', 'staging', '+2'])
  expect(chips?.title).toBe('production, staging, preview, development')
})

it('shows the first name however long it is', async () => {
  const environments = ['a-name-that-is-longer-than-any-card', 'b']
  openOrganization({ projects: connection([project({ environments })]) })
  expect((await screen.findByText(environments[0]!)).parentElement?.textContent).toBe(`${environments[0]}+1`)
})

it('waits in each panel for itself', async () => {
  openOrganization({ teams: pending, members: pending, projects: pending })
  expect(within(await panel('Projects')).getByText('Loading projects')).toBeTruthy()
  expect(within(await panel('Teams')).getByText('Loading teams')).toBeTruthy()
  expect(within(await panel('Members')).getByText('Loading members')).toBeTruthy()
})

it('asks once for everything it shows at first, and by itself only for what a filter finds', async () => {
  const { operations } = openOrganization({})
  const asked = () => operations.map(({ name }) => name).filter((name) => name !== 'Shell')
  await heading('Acme Retail')
  expect(asked()).toEqual(['OrganizationPage'])
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'store' } })
  expect(await screen.findByText('1 project matching “store”')).toBeTruthy()
  expect(asked()).toEqual(['OrganizationPage', 'OrganizationProjects'])
})

it('asks for a panel alone when it is asked for again', async () => {
  let teams: unknown = failing('UPSTREAM_TIMEOUT')
  const { operations } = openOrganization({ teams: () => (typeof teams === 'function' ? teams() : teams) })
  const notice = await within(await panel('Teams')).findByRole('alert')
  teams = connection([team()])
  fireEvent.click(within(notice).getByRole('button', { name: 'Try again' }))
  expect(await within(await panel('Teams')).findByText('Web')).toBeTruthy()
  expect(screen.getByRole('link', { name: '1 Teams' })).toBeTruthy()
  expect(operations.map(({ name }) => name).filter((name) => name !== 'Shell')).toEqual([
    'OrganizationPage',
    'OrganizationTeams',
  ])
  expect((await panel('Teams')).contains(document.activeElement)).toBe(true)
})

it('says once that the organization did not come, and asks again for all of it', async () => {
  const { answers } = openDashboard('/o/acme', { organization: failing('UPSTREAM_UNAVAILABLE') })
  const notice = await screen.findByRole('alert')
  expect(notice.textContent).toContain('The organization: Sentry cannot be reached right now.')
  answers['organization'] = organization()
  fireEvent.click(within(notice).getByRole('button', { name: 'Try again' }))
  await heading('Acme Retail')
})

it('does not take the answer to the former filter for the answer to the new one', async () => {
  const answers: Record<string, unknown> = { 'zzz is_member:1': connection([]), zzz: pending() }
  openOrganization(
    { projects: ({ query }: { query?: string }) => (query ? answers[query] : connection([project()])) },
    '?q=zzz&mine=1',
  )
  await screen.findByText('No project matches “zzz”')
  fireEvent.click(screen.getByRole('switch', { name: 'My projects' }))
  expect(await screen.findByText('Loading projects')).toBeTruthy()
  expect(screen.queryByText('No project matches “zzz”')).toBeNull()
})

it('shows all projects after a filter that found none, and leaves focus at what it says of them', async () => {
  openOrganization(
    { projects: ({ query }: { query?: string }) => (query ? connection([]) : connection([project()])) },
    '?q=zzz',
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Show all projects' }))
  expect(await screen.findByRole('link', { name: /Storefront/ })).toBeTruthy()
  expect(document.activeElement?.textContent).toBe('1 project')
})

it('says why the region of the organization is not known', async () => {
  openOrganization({ region: failing('UPSTREAM_INVALID') })
  await heading('Acme Retail')
  expect(screen.getByText('The region is not known. Sentry answered in a form we do not know.')).toBeTruthy()
})

it('says nothing of regions where Sentry has none', async () => {
  openOrganization({ region: { name: null, url: 'https://sentry.example', reachable: true } })
  await heading('Acme Retail')
  expect(screen.queryByText(/Region/)).toBeNull()
})

it('shows ten members at first, knows how many there are, and leaves focus at the end of all', async () => {
  const members = Array.from({ length: 42 }, (_, index) => member({ id: `M${index}`, name: `Person ${index}` }))
  openOrganization({ members: connection(members) })
  const list = within(await panel('Members'))
  expect(await screen.findByRole('link', { name: '42 Members' })).toBeTruthy()
  expect(list.getAllByRole('listitem')).toHaveLength(10)
  const button = list.getByRole('button', { name: 'Show all 42 members' })
  button.focus()
  fireEvent.click(button)
  expect(list.getAllByRole('listitem')).toHaveLength(42)
  await waitFor(() => expect(document.activeElement).toBe(list.getByText('All 42 members are shown.')))
})

it('shows the failure of one panel next to the rest', async () => {
  openOrganization({ members: failing('FORBIDDEN', { requiredScope: 'member:read' }) })
  const notice = await within(await panel('Members')).findByRole('alert')
  expect(notice.textContent).toContain('member:read')
  expect(await within(await panel('Teams')).findByText('Web')).toBeTruthy()
  expect(await screen.findByRole('link', { name: /Storefront/ })).toBeTruthy()
  expect(screen.getByRole('link', { name: /Sentry does not let you see this. Members/ })).toBeTruthy()
})

it('counts honestly: all, at least, none', async () => {
  openOrganization({
    projects: connection([project()], moreAfter('1')),
    teams: connection([]),
    members: connection([member(), member({ id: 'M2' })]),
  })
  expect(await screen.findByRole('link', { name: '1+ Projects' })).toBeTruthy()
  expect(await screen.findByRole('link', { name: '0 Teams' })).toBeTruthy()
  expect(await screen.findByRole('link', { name: '2 Members' })).toBeTruthy()
})

it('says why a panel is empty', async () => {
  openOrganization({ projects: connection([]), teams: connection([]), members: connection([]) })
  expect(await screen.findByText('This organization has no projects')).toBeTruthy()
  expect(await screen.findByText('No teams')).toBeTruthy()
  expect(await screen.findByText('No members')).toBeTruthy()
})

it('tells no members from an unknown number of members', async () => {
  openOrganization({ teams: connection([team(), team({ id: 'T2', name: 'Secret', memberCount: null })]) })
  expect((await screen.findByText('Web')).closest('li')?.textContent).toContain('0 members')
  expect(screen.getByText('Secret').closest('li')?.textContent).toContain('—')
})

it.each(['100%', '%41', 'a&b'])(
  'keeps the filter “%s” and the address of the page as they are written',
  async (filter) => {
    const { operations } = openDashboard('/o/100%25', { organization: organization() })
    await heading('Acme Retail')
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: filter } })
    expect(await screen.findByText(`1 project matching “${filter}”`)).toBeTruthy()
    expect(location.pathname).toBe('/o/100%25')
    expect(new URLSearchParams(location.search).get('q')).toBe(filter)
    expect(operations).toContainEqual({ name: 'OrganizationProjects', variables: { slug: '100%', query: filter } })
  },
)

it('restricts to the projects of the person and keeps that in the address', async () => {
  const { operations } = openOrganization({})
  fireEvent.click(await screen.findByRole('switch', { name: 'My projects' }))
  expect(location.search).toBe('?mine=1')
  expect(await screen.findByText('1 project of your teams')).toBeTruthy()
  expect(operations).toContainEqual({ name: 'OrganizationProjects', variables: { slug: 'acme', query: 'is_member:1' } })
})

it('reads filter, restriction, order and layout from the address', async () => {
  const projects = [project({ name: 'Alpha' }), project({ id: 'P2', slug: 'zeta', name: 'Zeta', isBookmarked: true })]
  const { operations } = openOrganization({ projects: connection(projects) }, '?q=web&mine=1&sort=name&view=table')
  const rows = within(await screen.findByRole('table')).getAllByRole('rowheader')
  expect(rows.map((row) => row.querySelector('a')?.firstChild?.textContent)).toEqual(['Alpha', 'Zeta'])
  expect(operations).toContainEqual({
    name: 'OrganizationProjects',
    variables: { slug: 'acme', query: 'web is_member:1' },
  })
})

it('puts bookmarked projects first when the address asks for no order it knows', async () => {
  const projects = [project({ name: 'Alpha' }), project({ id: 'P2', slug: 'zeta', name: 'Zeta', isBookmarked: true })]
  openOrganization({ projects: connection(projects) }, '?sort=constructor')
  const names = (await screen.findAllByRole('heading', { level: 3 })).map(
    (title) => title.querySelector('a')?.firstChild?.textContent,
  )
  expect(names).toEqual(['Zeta', 'Alpha'])
})

it('keeps focus on the heading when the organization turns out to be unknown', async () => {
  openDashboard('/', { organization: null })
  fireEvent.click(await screen.findByRole('link', { name: 'Acme Retail' }))
  const title = await heading('Organization not found')
  await waitFor(() => expect(document.activeElement).toBe(title))
})

it.each([
  ['an error', failing('NOT_FOUND')],
  ['nothing', null],
])('says that Sentry shows no such organization when the gateway answers with %s', async (_how, answer) => {
  openDashboard('/o/missing', { organization: answer })
  await heading('Organization not found')
  expect(screen.getByText(/no organization “missing”/)).toBeTruthy()
})
