import { fraction, integerBetween, pickOne } from './hash.ts'

/** Somebody that an event happened to: a user of the application, not of Sentry. */
export interface EventUser {
  id: string
  email: string | null
  username: string | null
  name: string | null
  ipAddress: string | null
  geo: { country_code: string; city: string; region: string } | null
}

const givenNames = [
  'ada',
  'bo',
  'cleo',
  'dev',
  'elif',
  'finn',
  'gul',
  'hugo',
  'ines',
  'jo',
  'kai',
  'lena',
  'mio',
  'nia',
  'oto',
  'pia',
]
const places = [
  { country_code: 'US', city: 'Denver', region: 'United States' },
  { country_code: 'DE', city: 'Leipzig', region: 'Germany' },
  { country_code: 'JP', city: 'Sendai', region: 'Japan' },
  { country_code: 'BR', city: 'Recife', region: 'Brazil' },
  { country_code: 'KE', city: 'Kisumu', region: 'Kenya' },
]

/** The user behind a number: the same number is always the same user. */
export function createEventUser(seed: number): EventUser {
  const id = String(10_000 + (seed % 9_000_000))
  const given = pickOne(seed, 1, givenNames)
  const isKnown = fraction(seed, 2) < 0.8
  return {
    id,
    email: isKnown ? `${given}.${id}@mail.example` : null,
    username: isKnown && fraction(seed, 3) < 0.5 ? `${given}${id}` : null,
    name: null,
    ipAddress: fraction(seed, 4) < 0.9 ? `203.0.113.${integerBetween(seed, 5, 1, 254)}` : null,
    geo: fraction(seed, 6) < 0.7 ? pickOne(seed, 7, places) : null,
  }
}
