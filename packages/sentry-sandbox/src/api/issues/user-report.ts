import { openEvent, type WorldEvent } from '../../world/event.ts'
import { fraction } from '../../world/hash.ts'
import type { Issue } from '../../world/issue.ts'
import { formatMicroseconds } from '../../world/moment.ts'
import { presentEventUser } from '../events/event-representation.ts'

/** The events of an issue that users wrote a report about: some of its first ones. */
export function listUserReports(issue: Issue, now: number): WorldEvent[] {
  const { seed, audience, project, volume } = issue
  const hasSome = audience > 0 && project.uses.userReports && fraction(seed, 160) < 0.3
  const count = hasSome ? Math.min(1 + (seed % 3), volume.countBefore(now)) : 0
  return Array.from({ length: count }, (_, ordinal) => openEvent(issue, ordinal))
}

/** When a report was written: a minute after the event. */
export const reportMoment = ({ moment }: WorldEvent): number => moment + 60_000

export function presentUserReport(event: WorldEvent): object {
  const { issue, ordinal } = event
  const nobody = { id: 'None', username: null, email: null, name: null, ipAddress: null, avatarUrl: null }
  return {
    id: String(3_000_000 + ((issue.seed + ordinal) % 900_000)),
    eventID: event.id,
    name: ordinal === 0 ? '' : 'Kai',
    email: event.user?.email ?? '',
    comments: 'I pressed the button twice and then it was gone.',
    dateCreated: formatMicroseconds(reportMoment(event)),
    user: event.user === null ? nobody : { ...nobody, ...presentEventUser(event.user), avatarUrl: null },
    event: { id: event.id, eventID: event.id },
  }
}
