import { Component, type ReactNode } from 'react'
import button from '../components/button.module.css'
import { Page, PageHeading } from '../navigation/page.tsx'

interface ErrorBoundaryProps {
  /** Where the person is: going elsewhere gives the pages another chance. */
  path: string
  children: ReactNode
}

interface ErrorBoundaryState {
  path: string
  broken: boolean
}

/** Shows a page instead of nothing when drawing a page throws. React reports the error itself to the console. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { path: this.props.path, broken: false }

  static getDerivedStateFromError(): Partial<ErrorBoundaryState> {
    return { broken: true }
  }

  static getDerivedStateFromProps({ path }: ErrorBoundaryProps, state: ErrorBoundaryState): ErrorBoundaryState {
    return state.path === path ? state : { path, broken: false }
  }

  override render(): ReactNode {
    return this.state.broken ? <BrokenPage /> : this.props.children
  }
}

function BrokenPage() {
  return (
    <Page title="This page broke">
      <PageHeading>This page broke</PageHeading>
      <p>
        Sentry Graph could not draw what it was asked for. That is a fault of this page, and nothing at Sentry was
        changed. The browser’s console has the details.
      </p>
      <p>
        <button type="button" className={button.primary} onClick={() => location.reload()}>
          Load the page again
        </button>{' '}
        <a className={button.button} href="/">
          All organizations
        </a>
      </p>
    </Page>
  )
}
