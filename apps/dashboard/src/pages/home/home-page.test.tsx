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
})

it('lists organizations of all regions, each leading to its page', async () => {
  openHome(
    connection([
      organization(),
      organization({ id: 'O2', slug: 'nordwind', name: 'Nordwind', region: { name: 'de', reachable: true } }),
    ]),
  )
  expect((await screen.findByRole('link', { name: 'Nordwind' })).getAttribute('href')).toBe('/o/nordwind')
  expect(screen.getByText('2 organizations in 2 regions')).toBeTruthy()
  await waitFor(() => expect(document.title).toBe('Organizations · Sentry Graph'))
})

it('claims no more projects than it knows of', async () => {
  const projects = Array.from({ length: 25 }, (_, index) => project({ id: `P${index}` }))
  openHome(connection([organization({ projects: connection(projects, moreAfter('25')) })]))
  expect((await screen.findByText('25+')).parentElement?.textContent).toBe('25+ projects')
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

it('keeps what is shown when a later page fails', async () => {
  openHome(({ after }: { after?: string }) =>
    after === '1' ? failing('RATE_LIMITED', { retryAfter: 12 })() : connection([organization()], moreAfter('1')),
  )
  fireEvent.click(await screen.findByRole('button', { name: 'Load more organizations' }))
  expect((await screen.findByRole('alert')).textContent).toContain('again in 12 s')
  expect(screen.getByRole('link', { name: 'Acme Retail' })).toBeTruthy()
})
