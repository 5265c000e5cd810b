import type { Activity } from '../../world/issue-standing.ts'
import { formatMicroseconds } from '../../world/moment.ts'
import { presentUser } from '../user-representation.ts'

/** One thing that happened to an issue; `user` is null for what Sentry did itself. */
export function presentActivity({ id, type, person, data, at }: Activity): Record<string, unknown> {
  return {
    id,
    user: person === null ? null : presentUser(person),
    sentry_app: null,
    type,
    data,
    dateCreated: formatMicroseconds(at),
  }
}
