import { Route, Switch } from 'wouter'
import { AuthErrorPage } from './pages/auth-error/auth-error-page.tsx'
import { AuthSuccessPage } from './pages/auth-success/auth-success-page.tsx'
import { HomePage } from './pages/home/home-page.tsx'
import { LoginPage } from './pages/login/login-page.tsx'
import { NotFoundPage } from './pages/not-found/not-found-page.tsx'
import { OrganizationPage } from './pages/organization/organization-page.tsx'
import { SessionsPage } from './pages/sessions/sessions-page.tsx'
import { SignedIn } from './session/signed-in.tsx'
import { AppShell } from './shell/app-shell.tsx'

/** Which page answers which path. */
export function Routes() {
  return (
    <Switch>
      <Route path="/login" component={LoginPage} />
      <Route path="/auth/success" component={AuthSuccessPage} />
      <Route path="/auth/error" component={AuthErrorPage} />
      <Route>
        <AppShell>
          <Switch>
            <Route path="/">
              <SignedIn>
                <HomePage />
              </SignedIn>
            </Route>
            <Route path="/o/:slug">
              {({ slug }) => (
                <SignedIn>
                  <OrganizationPage key={slug} slug={slug} />
                </SignedIn>
              )}
            </Route>
            <Route path="/sessions">
              <SignedIn>
                <SessionsPage />
              </SignedIn>
            </Route>
            <Route component={NotFoundPage} />
          </Switch>
        </AppShell>
      </Route>
    </Switch>
  )
}
