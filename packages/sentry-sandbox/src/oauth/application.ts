/** An OAuth application as it is registered with the authorization server. */
export interface Application {
  clientId: string
  clientSecret: string
  name: string
  homepage: string
  redirectUris: readonly string[]
}

export interface Applications {
  find(clientId: string): Application | undefined
}

// Public demo values: they open nothing but this sandbox.
const clientId = 'a5e1f0c3d2b4968770a1b2c3d4e5f60718293a4b5c6d7e8f9012a3b4c5d6e7f8'
const clientSecret = '0d15ea5e0ddba11c0ffee00facade00decade5ca1ab1ede7ec7ab1e0ba5eba11'

/** The confidential application that is registered from the start. Loopback URIs without a port match every port. */
export function createSeededApplication(redirectUris: readonly string[]): Application {
  return {
    clientId,
    clientSecret,
    name: 'Sentry Graph',
    homepage: 'http://localhost:3001/',
    redirectUris: [
      'http://localhost/api/auth/callback',
      'http://127.0.0.1/api/auth/callback',
      'http://[::1]/api/auth/callback',
      ...redirectUris,
    ],
  }
}

export function createApplications(applications: readonly Application[]): Applications {
  const byClientId = new Map(applications.map((application) => [application.clientId, application]))
  return { find: (id) => byClientId.get(id) }
}
