import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, it } from 'vitest'
import { connection, failing, heading, openDashboard, organization, viewer } from '../../gateway.fixture.tsx'

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString()

function session(fields: object = {}) {
  return {
    id: 'S1',
    kind: 'BROWSER',
    name: null,
    isCurrent: false,
    createdAt: inDays(-3),
    lastUsedAt: inDays(-2),
    expiresAt: inDays(27),
    userAgent: 'curl/8.5.0',
    addressFamily: 'IPV6',
    isReadOnly: false,
    newAgent: null,
    organizations: null,
    ...fields,
  }
}

const current = session({ id: 'S2', isCurrent: true, lastUsedAt: inDays(0), userAgent: 'Mozilla/5.0 Firefox/133.0' })

function openSessions(sessions: object[], answers = {}, fields = {}) {
  return openDashboard('/sessions', { viewer: viewer({ sessions, ...fields }), ...answers })
}

async function findRow(name: string) {
  const row = (await screen.findByText(name)).closest('li')
  if (!row) throw new Error(`${name} is in no row`)
  return within(row)
}

it('lists the sessions, the one of this browser first, with use, end and what they may do', async () => {
  const narrowed = { id: 'S3', kind: 'CLIENT', name: 'Nightly report', isReadOnly: true, organizations: [{ id: 'O1' }] }
  openSessions([session(), current, session(narrowed)])
  await heading('Sessions')
  const rows = await screen.findAllByRole('listitem')
  expect(rows[0]?.textContent).toContain('Firefox 133This browser')
  expect(rows[0]?.querySelector('button')).toBeNull()
  expect((await findRow('curl 8.5.0')).getByText('2 days ago')).toBeTruthy()
  const client = await findRow('Nightly report')
  expect(client.getByText('Read-only')).toBeTruthy()
  await waitFor(() => expect(client.getByText('Sees only Acme Retail')).toBeTruthy())
  expect(client.getByText('in 27 days').getAttribute('datetime')).toBeTruthy()
})

it('warns of a session that another program uses', async () => {
  openSessions([current, session({ newAgent: { since: inDays(-1), formerUserAgent: 'python-requests/2.32' } })])
  const row = await findRow('curl 8.5.0')
  expect(row.getByText(/Another program appeared/).textContent).toContain('yesterday')
  expect(row.getByText(/before that python-requests 2.32/)).toBeTruthy()
})

it('ends a session once that is confirmed, and asks what is left', async () => {
  const { operations, answers } = openSessions([current, session()], {
    revokeSession: { __typename: 'RevokeSessionPayload', sessionId: 'S1' },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'End curl 8.5.0' }))
  expect(operations.filter(({ name }) => name === 'RevokeSession')).toEqual([])
  answers['viewer'] = viewer({ sessions: [current] })
  fireEvent.click(screen.getByRole('button', { name: 'End it now' }))
  await waitFor(() => expect(screen.queryByText('curl 8.5.0')).toBeNull())
  expect(operations.find(({ name }) => name === 'RevokeSession')?.variables).toEqual({ sessionId: 'S1' })
})

it('says when a session has not ended', async () => {
  openSessions([current, session()], { revokeSession: failing('INTERNAL') })
  fireEvent.click(await screen.findByRole('button', { name: 'End curl 8.5.0' }))
  fireEvent.click(screen.getByRole('button', { name: 'End it now' }))
  expect((await screen.findByRole('alert')).textContent).toContain('It has not ended')
})

it('connects a client once, however often one clicks, and shows its value only until that is confirmed', async () => {
  const made = session({ id: 'S9', kind: 'CLIENT', name: 'Report' })
  const { operations } = openSessions([current], {
    createClientSession: {
      __typename: 'CreateClientSessionPayload',
      value: 'sgc_secret',
      cookieName: 'sentry_graph',
      session: made,
    },
  })
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Report' } })
  fireEvent.click(await screen.findByLabelText('Only some'))
  fireEvent.click(screen.getByLabelText(/Acme Retail/))
  const button = screen.getByRole('button', { name: 'Connect' })
  fireEvent.click(button)
  fireEvent.click(button)

  await screen.findByText('“Report” is connected')
  expect(operations.filter(({ name }) => name === 'CreateClientSession')).toEqual([
    {
      name: 'CreateClientSession',
      variables: { input: { name: 'Report', expiresIn: '30d', isReadOnly: true, organizationIds: ['O1'] } },
    },
  ])
  expect(screen.getByLabelText('Value').textContent).toBe('sgc_secret')
  expect(screen.getByLabelText('curl, as a bearer').textContent).toContain("-H 'authorization: Bearer sgc_secret'")
  expect(screen.getByLabelText('curl, as the cookie').textContent).toContain("-b 'sentry_graph=sgc_secret'")
  fireEvent.click(screen.getByRole('button', { name: 'Done, I have it' }))
  expect(document.body.textContent).not.toContain('sgc_secret')
})

it('shows why no client was connected', async () => {
  openSessions([current], {
    createClientSession: { __typename: 'InvalidInputError', message: 'Name 1 to 100 organizations.', field: 'x' },
  })
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Report' } })
  fireEvent.click(screen.getByRole('button', { name: 'Connect' }))
  expect((await screen.findByRole('alert')).textContent).toBe('Name 1 to 100 organizations.')
})

it('connects clients for all organizations while Sentry does not tell which there are', async () => {
  openSessions([current], {}, { organizations: failing('UPSTREAM_UNAVAILABLE') })
  expect(await screen.findByText(/Sentry does not tell which there are/)).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>(/Only some/).disabled).toBe(true)
  expect(screen.getByRole('button', { name: 'Connect' })).toBeTruthy()
})

it('is reached from the user menu', async () => {
  openDashboard('/', { viewer: viewer({ sessions: [current], organizations: connection([organization()]) }) })
  fireEvent.click(await screen.findByRole('button', { name: /account and theme/ }))
  fireEvent.click(screen.getByRole('link', { name: 'Sessions and clients' }))
  await heading('Sessions')
  expect(location.pathname).toBe('/sessions')
})
