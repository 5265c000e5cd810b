import type { OrganizationBlueprint } from '../blueprint.ts'

/** The small one: two people, three projects. */
export const tinyOrchard: OrganizationBlueprint = {
  slug: 'tiny-orchard',
  name: 'Tiny Orchard',
  region: 'us',
  founded: '2024-05-02',
  hasOpenMembership: true,
  isEarlyAdopter: true,
  teams: { everyone: 'Everyone' },
  members: [
    { person: 'mira-lindqvist', role: 'owner', teams: 'everyone' },
    { person: 'pip-hargreaves', role: 'member', teams: 'everyone' },
  ],
  invitations: [],
  projects: [
    ['garden-planner', 'javascript-sveltekit', 'everyone', 'Garden Planner'],
    ['seed-swap', 'python-flask', 'everyone'],
    ['weather-sensor', null, 'everyone', 'Weather Sensor'],
  ],
}
