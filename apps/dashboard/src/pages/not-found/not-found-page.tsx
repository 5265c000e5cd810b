import { Link } from 'wouter'
import button from '../../components/button.module.css'
import { EmptyState } from '../../components/empty-state.tsx'
import { Page, PageHeading } from '../../navigation/page.tsx'

/** No page has this address. */
export function NotFoundPage() {
  return (
    <Page title="Page not found">
      <PageHeading>Page not found</PageHeading>
      <EmptyState title="There is no page at this address">
        <p>The link may be old, or a letter of it was lost on the way.</p>
        <Link className={button.button} href="/">
          All organizations
        </Link>
      </EmptyState>
    </Page>
  )
}
