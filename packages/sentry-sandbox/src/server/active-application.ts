import type { Application } from '../oauth/application.ts'
import type { SandboxContext } from './sandbox-context.ts'

/** The application of that id, unless it is switched off. */
export function findActiveApplication(
  clientId: string,
  { applications, inactive }: Pick<SandboxContext, 'applications' | 'inactive'>,
): Application | undefined {
  return inactive.has(clientId) ? undefined : applications.find(clientId)
}
