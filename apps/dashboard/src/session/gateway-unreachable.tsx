import { FailureNotice } from '../failure/failure-notice.tsx'
import type { Failure } from '../failure/failure.ts'
import { Page, PageHeading } from '../navigation/page.tsx'

/** Nothing can be shown without the gateway. */
export function GatewayUnreachable({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  return (
    <Page title="No answer">
      <PageHeading>Sentry Graph does not answer</PageHeading>
      <FailureNotice failure={failure} onRetry={onRetry} />
    </Page>
  )
}
