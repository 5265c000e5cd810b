import type { OrganizationBlueprint } from '../blueprint.ts'

/** Nobody who can sign in belongs to it, in the other region. */
export const fjordbank: OrganizationBlueprint = {
  slug: 'fjordbank',
  name: 'Fjordbank',
  region: 'de',
  founded: '2022-02-28',
  hasOpenMembership: false,
  require2FA: true,
  teams: { core: 'Core Banking', channels: 'Channels' },
  members: [
    { person: 'solveig-dahl', role: 'owner', teams: 'core' },
    { person: 'henrik-nygaard', role: 'admin', teams: 'channels' },
    { person: 'amara-okonkwo', role: 'member', teams: 'channels' },
  ],
  invitations: [],
  projects: [
    ['core-ledger', 'java-spring', 'core', 'Core Ledger'],
    ['mobile-bank-ios', 'apple-ios', 'channels'],
    ['mobile-bank-android', 'android', 'channels'],
    ['netbank', 'javascript-react', 'channels', 'Netbank'],
    ['card-issuing', 'dotnet', 'core'],
  ],
}
