import { fireEvent, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, type Mock, vi } from 'vitest'
import { heading, openDashboard, organization } from '../gateway.fixture.tsx'

let scroll: Mock

beforeEach(() => {
  scroll = vi.fn()
  vi.stubGlobal('scrollTo', scroll)
})

afterEach(() => vi.unstubAllGlobals())

async function follow(name: string): Promise<void> {
  fireEvent.click(await screen.findByRole('link', { name }))
}

it('starts a page that was navigated to at its top, with focus on its heading', async () => {
  openDashboard('/', { organization: organization() })
  await follow('Acme Retail')
  await waitFor(async () => expect(document.activeElement).toBe(await heading('Acme Retail')))
  expect(scroll).toHaveBeenCalledTimes(1)
})

it('leaves the place to the browser when the back button led here', async () => {
  openDashboard('/', { organization: organization() })
  await follow('Acme Retail')
  await heading('Acme Retail')
  scroll.mockClear()
  history.replaceState(null, '', '/')
  dispatchEvent(new PopStateEvent('popstate'))
  await waitFor(async () => expect(document.activeElement).toBe(await heading('Organizations')))
  expect(scroll).not.toHaveBeenCalled()
})

it('starts the next page at its top after a link within the page, though browsers report one as the other', async () => {
  openDashboard('/o/acme', { organization: organization() })
  await screen.findByRole('link', { name: '1 Projects' })
  history.pushState(null, '', '#projects')
  dispatchEvent(new PopStateEvent('popstate'))
  await follow('Sentry Graph, home')
  await heading('Organizations')
  await waitFor(() => expect(scroll).toHaveBeenCalledTimes(1))
})
