import type { Person } from '../world/person.ts'
import { letterAvatar } from './organization-representation.ts'

/** A person's account, as members carry it. */
export function presentUser(person: Person): object {
  return {
    id: person.id,
    name: person.name,
    username: person.username,
    email: person.email,
    avatarUrl: person.avatarUrl,
    isActive: true,
    isSuspended: false,
    hasPasswordAuth: true,
    isManaged: false,
    dateJoined: person.dateJoined,
    lastLogin: person.lastLogin,
    has2fa: person.has2fa,
    lastActive: person.lastLogin,
    isSuperuser: false,
    isStaff: false,
    experiments: {},
    emails: [{ id: `${person.id.slice(4)}1`, email: person.email, is_verified: true }],
    avatar: letterAvatar,
  }
}

/** A person's account as they see it themselves. */
export function presentSelf(person: Person): object {
  return {
    ...presentUser(person),
    identities: [],
    options: {
      theme: 'system',
      language: 'en',
      stacktraceOrder: -1,
      defaultIssueEvent: 'recommended',
      timezone: 'UTC',
      clock24Hours: true,
    },
    flags: { newsletter_consent_prompt: false },
    canReset2fa: true,
  }
}
