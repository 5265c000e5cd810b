import type { Application } from '../oauth/application.ts'
import type { Organization } from '../world/organization.ts'
import type { Person } from '../world/person.ts'
import type { SandboxContext } from './sandbox-context.ts'

/** The organizations that a person can bind an application to. */
export function listOrganizationsOf(person: Person, { world }: Pick<SandboxContext, 'world'>): Organization[] {
  return world.organizations.filter(({ members }) => members.some((member) => member.person?.id === person.id))
}

/** The organization that the form names, as far as the application wants one at all. */
export function chooseOrganization(
  application: Application,
  person: Person,
  form: URLSearchParams,
  context: Pick<SandboxContext, 'world'>,
): { organizationId: string | null } | { error: 'invalid_request' | 'unauthorized_client' } {
  if (application.organizationScopes === null) return { organizationId: null }
  const chosen = form.get('selected_organization_id') ?? ''
  if (chosen === '') return { error: 'invalid_request' }
  return listOrganizationsOf(person, context).some(({ id }) => id === chosen)
    ? { organizationId: chosen }
    : { error: 'unauthorized_client' }
}
