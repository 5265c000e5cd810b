import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import {
  connection,
  failing,
  heading,
  moreAfter,
  openDashboard,
  organization,
  pending,
  project,
  viewer,
} from '../../gateway.fixture.tsx'

async function leaveAndComeBack(): Promise<void> {
  history.pushState(null, '', '/no/such/page')
  await heading('Page not found')
  history.pushState(null, '', '/')
  await heading('Organizations')
}

function openHome(organizations: unknown, path = '/') {
  return openDashboard(path, { viewer: viewer({ organizations }) })
}

it('shows the shape of what is coming while it waits', async () => {
  openHome(pending)
  expect((await screen.findByText('Loading organizations')).parentElement?.getAttribute('aria-busy')).toBe('true')
})

it('says in its own words what failed, with the reference, and asks again', async () => {
  const dashboard = openHome(failing('UPSTREAM_TIMEOUT'))
  const notice = await screen.findByRole('alert')
  expect(notice.textContent).toContain('Sentry took too long to answer.')
  expect(notice.textContent).toContain('c0ffee-42')
  expect(document.body.textContent).not.toContain('A message no page may show')

  dashboard.answers['viewer'] = viewer()
  fireEvent.click(within(notice).getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('link', { name: 'Acme Retail' })).toBeTruthy()
})

it('says why there is nothing when the person belongs to no organization', async () => {
  openHome(connection([]))
  expect(await screen.findByText('Your Sentry account belongs to no organization')).toBeTruthy()
  expect(screen.queryByRole('searchbox')).toBeNull()
})

it('lists organizations of all regions, each leading to its page', async () => {
  openHome(
    connection([
      organization(),
      organization({
        id: 'O2',
        slug: 'nordwind',
        name: 'Nordwind',
        region: { name: 'de', url: 'https://de.sentry.example', reachable: true },
      }),
    ]),
  )
  expect((await screen.findByRole('link', { name: 'Nordwind' })).getAttribute('href')).toBe('/o/nordwind')
  expect(screen.getByText('2 organizations in 2 regions')).toBeTruthy()
  await waitFor(() => expect(document.title).toBe('Organizations · Sentry Graph'))
})

it('claims no more projects than it knows of', async () => {
  const projects = Array.from({ length: 100 }, (_, index) => project({ id: `P${index}` }))
  openHome(connection([organization({ projects: connection(projects, moreAfter('100')) })]))
  expect((await screen.findByText('100+')).parentElement?.textContent).toBe('100+ projects')
})

it('shows the organizations whose projects came, and says of the other why they did not', async () => {
  openHome(
    connection([
      organization({ id: 'O1', name: 'Sound' }),
      organization({ id: 'O2', slug: 'lost', name: 'Lost', projects: failing('UPSTREAM_UNAVAILABLE') }),
    ]),
  )
  const [sound, lost] = (await screen.findAllByRole('heading', { level: 2 })).map((title) => title.closest('li'))
  expect(sound?.textContent).toContain('1 project')
  expect(lost?.textContent).toContain('Sentry cannot be reached right now.')
  expect(lost?.textContent).toContain('—')
  expect(lost?.textContent).not.toContain('0 project')
})

it('asks again for the projects that did not come, and stays on the card', async () => {
  const dashboard = openHome(connection([organization({ projects: failing('UPSTREAM_UNAVAILABLE') })]))
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Sentry cannot be reached right now.')).toBeTruthy()
  dashboard.answers['viewer'] = viewer()
  fireEvent.click(await screen.findByRole('button', { name: 'Try again' }))
  expect((await screen.findByText('1')).parentElement?.textContent).toBe('1 project')
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
  expect(document.activeElement).toBe(screen.getByRole('link', { name: 'Acme Retail' }))
})

it('asks again for an answer that lacked a part when the person comes back to it, and for no other', async () => {
  const { operations, answers } = openHome(connection([organization({ projects: failing('UPSTREAM_TIMEOUT') })]))
  const asked = () => operations.filter(({ name }) => name === 'HomePage').length
  await screen.findByText('Sentry took too long to answer.')
  answers['viewer'] = viewer()
  await leaveAndComeBack()
  expect((await screen.findByText('1')).parentElement?.textContent).toBe('1 project')
  expect(asked()).toBe(2)
  await leaveAndComeBack()
  expect((await screen.findByText('1')).parentElement?.textContent).toBe('1 project')
  expect(asked()).toBe(2)
})

it('does not take the answer to the former filter for the answer to the new one', async () => {
  const all = Promise.withResolvers()
  openHome(({ query }: { query?: string }) => (query === 'zzz' ? connection([]) : all.promise), '/?q=zzz')
  fireEvent.click(await screen.findByRole('button', { name: 'Clear the filter' }))
  expect(await screen.findByText('Loading organizations')).toBeTruthy()
  expect(screen.queryByText('Your Sentry account belongs to no organization')).toBeNull()
  expect(document.activeElement?.textContent).toBe('Asking Sentry…')
  all.resolve(connection([organization()]))
  expect(await screen.findByRole('link', { name: 'Acme Retail' })).toBeTruthy()
  expect(document.activeElement?.textContent).toBe('1 organization')
})

it('does not show the organizations of the former filter under the new one', async () => {
  openHome(({ query }: { query?: string }) => (query ? pending() : connection([organization()])))
  await screen.findByRole('link', { name: 'Acme Retail' })
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'zzz' } })
  expect(await screen.findByText('Looking for “zzz”…')).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Acme Retail' })).toBeNull()
})

it('counts no fewer regions than there may be when the region of an organization is not known', async () => {
  openHome(connection([organization(), organization({ id: 'O2', name: 'Lost', region: failing('UPSTREAM_INVALID') })]))
  expect(await screen.findByText('2 organizations in at least 1 region')).toBeTruthy()
  const lost = screen.getByRole('link', { name: 'Lost' }).closest('li')
  expect(lost?.textContent).toContain('The region is not known. Sentry answered in a form we do not know.')
})

it.each([
  [true, false],
  [null, false],
  [false, true],
])('with a region of which reachable is %s, says that it is not reachable: %s', async (reachable, said) => {
  openHome(connection([organization({ region: { name: 'us', url: 'https://us.sentry.example', reachable } })]))
  await screen.findByRole('link', { name: 'Acme Retail' })
  expect(screen.queryByText(/not reachable/) !== null).toBe(said)
})

it('keeps the filter in the address and asks Sentry for it', async () => {
  const { operations } = openHome(({ query }: { query?: string }) =>
    connection(query === 'zzz' ? [] : [organization()]),
  )
  await heading('Organizations')
  const entries = history.length
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'zzz' } })
  expect(await screen.findByText('No organization matches “zzz”')).toBeTruthy()
  expect(location.search).toBe('?q=zzz')
  expect(history.length).toBe(entries)
  expect(operations).toContainEqual({ name: 'HomePage', variables: { query: 'zzz' } })

  fireEvent.click(screen.getByRole('button', { name: 'Clear the filter' }))
  expect(await screen.findByRole('link', { name: 'Acme Retail' })).toBeTruthy()
  expect(location.search).toBe('')
})

it('loads the pages after the first on request, and shows nothing twice', async () => {
  openHome(({ after }: { after?: string }) =>
    after === '1'
      ? connection([organization(), organization({ id: 'O2', slug: 'second', name: 'Second' })])
      : connection([organization()], moreAfter('1')),
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Load more organizations' }))
  expect(await screen.findByRole('link', { name: 'Second' })).toBeTruthy()
  expect(screen.getAllByRole('link', { name: 'Acme Retail' })).toHaveLength(1)
  expect(screen.queryByRole('button', { name: 'Load more organizations' })).toBeNull()
})

it('leaves focus at the end of the list when the last page has come', async () => {
  openHome(({ after }: { after?: string }) =>
    after === '1'
      ? connection([organization({ id: 'O2', name: 'Second' })])
      : connection([organization()], moreAfter('1')),
  )
  const button = await screen.findByRole('button', { name: 'Load more organizations' })
  button.focus()
  fireEvent.click(button)
  const end = await screen.findByText('All 2 organizations are shown.')
  await waitFor(() => expect(document.activeElement).toBe(end))
})

it('keeps focus on the button while a page is on its way, and asks for that page once', async () => {
  const { operations } = openHome(({ after }: { after?: string }) =>
    after === '1' ? pending() : connection([organization()], moreAfter('1')),
  )
  const button = await screen.findByRole('button', { name: 'Load more organizations' })
  button.focus()
  fireEvent.click(button)
  expect((await screen.findByText('Loading…')).getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(button)
  expect(document.activeElement).toBe(button)
  await waitFor(() => expect(operations.filter(({ variables }) => variables['after'] === '1')).toHaveLength(1))
})

it('says of an organization on a later page why its projects are missing', async () => {
  openHome(({ after }: { after?: string }) =>
    after === '1'
      ? connection([organization({ id: 'O2', slug: 'lost', name: 'Lost', projects: failing('RATE_LIMITED') })])
      : connection([organization()], moreAfter('1')),
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Load more organizations' }))
  const lost = (await screen.findByRole('link', { name: 'Lost' })).closest('li')
  expect(lost?.textContent).toContain('Sentry asked us to slow down.')
})

it('asks for the later page alone when a part of it is asked for again', async () => {
  let lost: unknown = failing('UPSTREAM_TIMEOUT')
  const { operations } = openHome(({ after }: { after?: string }) =>
    after === '1'
      ? connection([organization({ id: 'O2', slug: 'lost', name: 'Lost', projects: lost })])
      : connection([organization()], moreAfter('1')),
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Load more organizations' }))
  await screen.findByText('Sentry took too long to answer.')
  lost = connection([project(), project({ id: 'P2' })])
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect((await screen.findByText('2')).parentElement?.textContent).toBe('2 projects')
  expect(operations.filter(({ name }) => name === 'HomePage').map(({ variables }) => variables)).toEqual([
    {},
    { after: '1' },
    { after: '1' },
  ])
})

it('keeps what is shown when a later page fails', async () => {
  openHome(({ after }: { after?: string }) =>
    after === '1' ? failing('RATE_LIMITED', { retryAfter: 12 })() : connection([organization()], moreAfter('1')),
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Load more organizations' }))
  expect((await screen.findByRole('alert')).textContent).toContain('again in 12 s')
  expect(screen.getByRole('link', { name: 'Acme Retail' })).toBeTruthy()
})
