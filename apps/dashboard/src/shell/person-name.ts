interface Person {
  name: string | null
  username?: string | null
  email: string | null
}

/** The best name known: Sentry accounts may lack any of them. */
export function personName({ name, username, email }: Person): string {
  return name || username || email || 'Someone without a name'
}
