/** An OAuth application as it is registered with the authorization server. */
export interface Application {
  clientId: string
  /** Null for a public application, which proves nothing but its id. */
  clientSecret: string | null
  name: string
  homepage: string
  redirectUris: readonly string[]
  /** 0 takes every redirect URI that begins with a registered one; 1 is strict. */
  version: 0 | 1
  /** For an organization-bound application the scopes that it may ask for; null for all others. */
  organizationScopes: readonly string[] | null
}

/** The registered applications. Those that are switched off stay known, because their tokens are refused with a reason. */
export interface Applications {
  all: readonly Application[]
  find(clientId: string): Application | undefined
}

/** Loopback URIs without a port match every port. */
const loopbackCallbacks = ['localhost', '127.0.0.1', '[::1]'].map((host) => `http://${host}/api/auth/callback`)

// Ids and secrets are public demo values: they open nothing but this sandbox.

/** The confidential application that is registered from the start. */
export function createSeededApplication(redirectUris: readonly string[]): Application & { clientSecret: string } {
  return {
    clientId: 'a5e1f0c3d2b4968770a1b2c3d4e5f60718293a4b5c6d7e8f9012a3b4c5d6e7f8',
    clientSecret: '0d15ea5e0ddba11c0ffee00facade00decade5ca1ab1ede7ec7ab1e0ba5eba11',
    name: 'Sentry Graph',
    homepage: 'http://localhost:3001/',
    redirectUris: [...loopbackCallbacks, ...redirectUris],
    version: 1,
    organizationScopes: null,
  }
}

/** The other kinds of application that Sentry knows. */
export const furtherApplications: readonly Application[] = [
  {
    clientId: '7e2d1c0b9a8f7e6d5c4b3a291807f6e5d4c3b2a190817263544536271809fadb',
    clientSecret: null,
    name: 'Terminal Companion',
    homepage: 'https://companion.example/',
    redirectUris: loopbackCallbacks,
    version: 1,
    organizationScopes: null,
  },
  {
    clientId: '1b9d6bcd0f3a4c5e8d7f6a5b4c3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d',
    clientSecret: 'c0ffee15c0ffee15c0ffee15c0ffee15c0ffee15c0ffee15c0ffee15c0ffee15',
    name: 'Release Robot',
    homepage: 'https://robot.example/',
    redirectUris: [...loopbackCallbacks, 'https://robot.example/sentry/callback'],
    version: 1,
    organizationScopes: ['org:read', 'project:read', 'project:releases', 'team:read', 'event:read'],
  },
  {
    clientId: '39f0e1d2c3b4a5968778695a4b3c2d1e0f1e2d3c4b5a69788796a5b4c3d2e1f0',
    clientSecret: 'facade00facade00facade00facade00facade00facade00facade00facade00',
    name: 'Quarterly Reports',
    homepage: 'https://reports.example/',
    redirectUris: ['https://reports.example/sentry'],
    version: 0,
    organizationScopes: null,
  },
]

export function createApplications(all: readonly Application[]): Applications {
  const byClientId = new Map(all.map((application) => [application.clientId, application]))
  return { all, find: (clientId) => byClientId.get(clientId) }
}
