/** Every scope that Sentry knows, with what consenting to it means. */
export const scopeDescriptions: Readonly<Record<string, string>> = {
  'org:read': 'See your organizations and their settings',
  'org:write': 'Change the settings of your organizations',
  'org:admin': 'Administer your organizations, including deleting them',
  'org:integrations': 'Manage the integrations of your organizations',
  'org:ci': 'Upload source maps and create releases from build machines',
  'member:read': 'See who belongs to your organizations',
  'member:write': 'Change who belongs to your organizations',
  'member:admin': 'Administer and remove members',
  'member:invite': 'Invite people to your organizations',
  'team:read': 'See teams and who is in them',
  'team:write': 'Change teams',
  'team:admin': 'Administer teams, including deleting them',
  'project:read': 'See projects and their settings',
  'project:write': 'Change projects and their settings',
  'project:admin': 'Administer projects, including deleting them',
  'project:releases': 'Create and change releases',
  'project:distribution': 'Download builds that are distributed to testers',
  'event:read': 'See issues and events',
  'event:write': 'Change issues: resolve, archive, assign',
  'event:admin': 'Administer issues and events, including deleting them',
  'alerts:read': 'See alert rules and monitors',
  'alerts:write': 'Change alert rules and monitors',
  openid: 'Know who you are',
  profile: 'See your name and picture',
  email: 'See your e-mail addresses',
}

const implied: Readonly<Record<string, readonly string[]>> = {
  'org:write': ['org:read'],
  'org:admin': ['org:read', 'org:write', 'org:integrations'],
  'member:invite': ['member:read'],
  'member:write': ['member:read', 'member:invite'],
  'member:admin': ['member:read', 'member:invite', 'member:write'],
  'team:write': ['team:read'],
  'team:admin': ['team:read', 'team:write'],
  'project:write': ['project:read'],
  'project:admin': ['project:read', 'project:write'],
  'event:write': ['event:read'],
  'event:admin': ['event:read', 'event:write'],
  'alerts:write': ['alerts:read'],
}

export function isKnownScope(scope: string): boolean {
  return Object.hasOwn(scopeDescriptions, scope)
}

/** The scopes with everything they imply, sorted, as they stand on a token. */
export function expandScopes(scopes: readonly string[]): string[] {
  return [...new Set(scopes.flatMap((scope) => [scope, ...(implied[scope] ?? [])]))].toSorted()
}
