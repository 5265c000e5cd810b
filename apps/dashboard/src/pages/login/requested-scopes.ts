export interface ScopeText {
  title: string
  reason: string
}

const scopeTexts: Record<string, ScopeText> = {
  'org:read': { title: 'Read your organizations', reason: 'to list them, with their regions' },
  'project:read': { title: 'Read your projects', reason: 'to show platforms, releases and environments' },
  'team:read': { title: 'Read your teams', reason: 'to show who looks after what' },
  'member:read': { title: 'Read the members', reason: 'to show who works in an organization' },
  'event:read': { title: 'Read issues and events', reason: 'to answer questions about what goes wrong' },
  'event:write': { title: 'Change issues', reason: 'to resolve, archive and assign them when you ask for it' },
  'alerts:read': { title: 'Read alerts', reason: 'to show which rules watch your projects' },
  'project:releases': { title: 'Read releases', reason: 'to show what was shipped and when' },
}

/** A Sentry scope in words; one this page has no words for is shown by its name. */
export function describeScope(scope: string): ScopeText {
  return scopeTexts[scope] ?? { title: scope, reason: 'asked for by the operator of this gateway' }
}
