import type { Person } from '../world/person.ts'

/** What the scopes `profile` and `email` tell of a person. */
export function presentClaims(person: Person, scopes: readonly string[]): object {
  return {
    ...(scopes.includes('profile')
      ? {
          name: person.name,
          avatar_type: 'letter_avatar',
          avatar_url: person.avatarUrl,
          date_joined: person.dateJoined,
        }
      : {}),
    ...(scopes.includes('email') ? { email: person.email, email_verified: true } : {}),
  }
}
