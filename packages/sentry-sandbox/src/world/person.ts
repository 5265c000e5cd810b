import { drawChance, drawId, drawMoment } from './draw.ts'

/** Somebody with a Sentry account in the sandbox. */
export interface Person {
  id: string
  name: string | null
  email: string
  username: string
  avatarUrl: string | null
  has2fa: boolean
  dateJoined: string
  lastLogin: string | null
}

/** What is written down of a person; the rest is drawn from the key. */
export interface PersonBlueprint {
  key: string
  name: string | null
  email: string
  username?: string
}

/** Makes the person that a blueprint describes. */
export function createPerson({ key, name, email, username = email }: PersonBlueprint): Person {
  const dateJoined = drawMoment(`person/${key}/joined`, '2021-02-01', '2024-06-01')
  return {
    id: drawId(`person/${key}`),
    name,
    email,
    username,
    avatarUrl: null,
    has2fa: drawChance(`person/${key}/2fa`, 0.6),
    dateJoined,
    lastLogin: drawChance(`person/${key}/never-again`, 0.1)
      ? null
      : drawMoment(`person/${key}/login`, '2026-08-01', '2026-09-30'),
  }
}
