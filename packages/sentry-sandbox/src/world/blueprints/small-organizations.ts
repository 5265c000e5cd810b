import type { OrganizationBlueprint } from '../blueprint.ts'

const common = {
  hasOpenMembership: true,
  invitations: [],
  members: [{ person: 'astrid-vik', role: 'owner', teams: 'crew' }],
} as const

/** What the owner of the huge one has beside it, in both regions: enough organizations for lists that go across all of them. */
export const smallOrganizations: readonly OrganizationBlueprint[] = [
  {
    ...common,
    slug: 'paperboat',
    name: 'Paperboat',
    region: 'us',
    founded: '2023-04-02',
    teams: { crew: 'Crew' },
    projects: [
      ['paperboat-web', 'javascript-nextjs', 'crew'],
      ['paperboat-api', 'node-fastify', 'crew'],
      ['paperboat-ios', 'apple-ios', 'crew'],
      ['paperboat-mailer', 'python', 'crew'],
    ],
  },
  {
    ...common,
    slug: 'quillworks',
    name: 'Quillworks',
    region: 'de',
    founded: '2022-09-19',
    teams: { crew: 'Crew' },
    projects: [
      ['editor', 'javascript-react', 'crew', 'Editor'],
      ['typesetter', 'rust', 'crew', 'Typesetter'],
      ['proof-service', 'java-spring', 'crew'],
      ['print-queue', 'ruby', 'crew'],
    ],
  },
  {
    ...common,
    slug: 'sundial-labs',
    name: 'Sundial Labs',
    region: 'de',
    founded: '2024-01-08',
    teams: { crew: 'Crew' },
    projects: [
      ['sundial-app', 'react-native', 'crew'],
      ['sundial-backend', 'go', 'crew'],
      ['sundial-firmware', 'native', 'crew'],
    ],
  },
  {
    ...common,
    slug: 'mossgarden',
    name: 'Mossgarden',
    region: 'us',
    founded: '2024-06-21',
    teams: { crew: 'Crew' },
    projects: [
      ['garden-planner', 'javascript-svelte', 'crew'],
      ['seed-catalog', 'php-symfony', 'crew'],
      ['watering-bot', 'python-flask', 'crew'],
    ],
  },
]
