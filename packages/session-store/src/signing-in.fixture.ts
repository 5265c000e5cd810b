import { writeSync } from 'node:fs'
import type { DatabaseLocation } from './database/open.ts'
import { openSessionStore } from './store.ts'

/**
 * A process that signs in as many people as it is told to. It writes each secret to standard output once the store has
 * acknowledged the sign-in.
 */
const [location = '', count] = process.argv.slice(2)
const store = await openSessionStore({
  ...(JSON.parse(location) as DatabaseLocation),
  secrets: ['a sealing secret of more than thirty-two characters'],
  idleTtl: 3_600,
  absoluteTtl: 86_400,
})

for (let person = 1; person <= Number(count); person += 1) {
  const { secret } = await store.signIn({
    profile: {
      sentryHost: 'sentry.io',
      sentryId: String(person),
      name: null,
      email: null,
      username: null,
      avatarUrl: null,
    },
    tokens: { accessToken: `access-token-${person}`, refreshToken: null },
    expiresAt: null,
    scopes: [],
    userAgent: null,
  })
  writeSync(process.stdout.fd, `${secret}\n`)
}
await store.close()
