import { createHash } from 'node:crypto'
import type { EventUser } from '../../world/event-user.ts'
import { eventsBackwards } from '../../world/issue-events.ts'
import type { ProjectHistory } from '../../world/project-history.ts'
import { answerPage } from '../pagination.ts'
import { readScopes, type Endpoint } from '../endpoint.ts'
import { listUserReports, presentUserReport, reportMoment } from '../issues/user-report.ts'
import { presentWholeIssue } from '../issues/whole-issue.ts'
import { projectEndpoint } from '../project-access.ts'
import { readSearchQuery, search, type SearchRules } from '../search-query.ts'

/** So many of the newest events of each issue are looked at: Sentry forgets users as well. */
const considered = 50

/** The users that errors happened to of late, those of the newest issues first. */
function listUsers(history: ProjectHistory, now: number): EventUser[] {
  const users = new Map<string, EventUser>()
  for (const issue of history.issuesAt(now)) {
    if (issue.audience === 0) continue
    let seen = 0
    for (const { user } of eventsBackwards(issue, { start: 0, end: now, environments: null })) {
      if (user !== null && !users.has(user.id)) users.set(user.id, user)
      seen += 1
      if (seen === considered) break
    }
  }
  return [...users.values()]
}

const rules: SearchRules<EventUser> = {
  terms: {
    id: ({ id }, values) => values.includes(id),
    email: ({ email }, values) => values.includes(email ?? ''),
    username: ({ username }, values) => values.includes(username ?? ''),
    ip: ({ ipAddress }, values) => values.includes(ipAddress ?? ''),
  },
  text: ({ id, email, username }) => [id, email ?? '', username ?? ''],
}

function presentUser({ id, email, username, name, ipAddress }: EventUser): object {
  return {
    id,
    tagValue: `id:${id}`,
    identifier: id,
    username: username ?? '',
    email: email ?? '',
    name: name ?? '',
    ipAddress: ipAddress ?? '',
    avatarUrl: '',
    hash: createHash('md5').update(id).digest('hex'),
    dateCreated: null,
  }
}

const users = projectEndpoint(
  'projects/:organization/:project/users/',
  readScopes('project'),
  (request, access, project) => {
    const all = listUsers(access.world.historyOf(project), request.now.getTime())
    return answerPage(request, search(all, readSearchQuery(request.query), rules), presentUser)
  },
)

/** What users wrote about errors, newest first. */
const feedback = projectEndpoint(
  'projects/:organization/:project/user-feedback/',
  readScopes('project'),
  (request, access, project) => {
    const now = request.now.getTime()
    const reported = access.world
      .historyOf(project)
      .issuesAt(now)
      .flatMap((issue) => listUserReports(issue, now))
      .toSorted((left, right) => reportMoment(right) - reportMoment(left))
    return answerPage(request, reported, (event) => ({
      ...presentUserReport(event),
      issue: presentWholeIssue(request, event.issue),
    }))
  },
)

export const projectUserEndpoints: readonly Endpoint[] = [users, feedback]
