import type { OrganizationBlueprint } from '../blueprint.ts'

const domains = [
  'catalog',
  'pricing',
  'search',
  'basket',
  'checkout',
  'payment',
  'loyalty',
  'returns',
  'stores',
  'delivery',
  'warehouse',
  'supplier',
  'identity',
  'content',
  'recommend',
  'reporting',
  'fraud',
  'notify',
  'support',
  'platform',
]
const services = [
  ['web', 'javascript-react'],
  ['admin', 'javascript-vue'],
  ['ios', 'apple-ios'],
  ['android', 'android'],
  ['flutter', 'flutter'],
  ['api', 'python-django'],
  ['bff', 'node-express'],
  ['worker', 'python-celery'],
  ['stream', 'java-spring-boot'],
  ['batch', 'kotlin'],
  ['cache', 'go'],
  ['gateway', 'go-http'],
  ['engine', 'rust'],
  ['legacy', 'php-laravel'],
  ['desk', 'dotnet'],
  ['sync', 'ruby-rails'],
  ['relay', 'elixir'],
  ['native', 'native'],
  ['jobs', 'node'],
  ['docs', ''],
] as const

/** The huge one: four hundred projects that everybody may see, each domain a team. */
export const northstarRetail: OrganizationBlueprint = {
  slug: 'northstar-retail',
  name: 'Northstar Retail',
  region: 'us',
  founded: '2020-05-11',
  hasOpenMembership: true,
  teams: Object.fromEntries(domains.map((domain) => [domain, domain.charAt(0).toUpperCase() + domain.slice(1)])),
  members: [
    { person: 'astrid-vik', role: 'owner', teams: 'platform' },
    ...['lars-bergstrom', 'nadia-rahman', 'owen-fitzgerald', 'tamara-jovanovic'].map((person, position) => ({
      person,
      role: 'member' as const,
      teams: domains.slice(position * 5, position * 5 + 5).join(' '),
    })),
  ],
  invitations: [],
  projects: domains.flatMap((domain) =>
    services.map(([service, platform]) => [`${domain}-${service}`, platform, domain] as const),
  ),
}
