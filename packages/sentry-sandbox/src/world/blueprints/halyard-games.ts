import type { OrganizationBlueprint } from '../blueprint.ts'

/** Nobody who can sign in belongs to it: what is in it must never be seen. */
export const halyardGames: OrganizationBlueprint = {
  slug: 'halyard-games',
  name: 'Halyard Games',
  region: 'us',
  founded: '2023-01-20',
  hasOpenMembership: true,
  teams: { engine: 'Engine', live: 'Live Operations', web: 'Web' },
  members: [
    { person: 'desmond-achebe', role: 'owner', teams: 'engine' },
    { person: 'zofia-kaminska', role: 'manager', teams: 'live' },
    { person: 'ruben-castellanos', role: 'member', teams: 'engine' },
    { person: 'maya-thornbury', role: 'member', teams: 'web' },
    { person: 'ilya-sorokin', role: 'member', teams: 'engine live' },
  ],
  invitations: [{ email: 'sound@halyard.example', role: 'member' }],
  projects: [
    ['tidefall-pc', 'unreal', 'engine', 'Tidefall (PC)'],
    ['tidefall-mobile', 'unity', 'engine', 'Tidefall (Mobile)'],
    ['skiff', 'godot', 'engine', 'Skiff'],
    ['matchmaker', 'elixir', 'live'],
    ['leaderboards', 'bun', 'live'],
    ['anti-cheat', 'native', 'engine live'],
    ['crash-uploader', 'rust', 'engine'],
    ['studio-site', 'javascript-remix', 'web'],
    ['press-kit', '', 'web'],
  ],
}
