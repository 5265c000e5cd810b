import { draw, drawChance, drawId, drawInteger, drawMoment, drawOne } from './draw.ts'
import type { Organization } from './organization.ts'
import type { Project } from './project.ts'

/** An alert: what it waits for, and whom it then tells. */
export interface Workflow {
  id: string
  name: string
  project: Project
  environment: string | null
  isEnabled: boolean
  /** Minutes between two of its actions for the same issue. */
  frequency: number
  trigger: 'first_seen_event' | 'regression_event' | 'reappeared_event'
  /** A team or a person of the organization is mailed; null when everybody who owns the issue is. */
  recipient: { type: 'team' | 'user'; id: string } | null
  /** User id. */
  createdBy: string | null
  dateCreated: string
  /** Hours that lie between two of its actions on average; null when it never acted. */
  actsEvery: number | null
}

const known = new WeakMap<Organization, readonly Workflow[]>()

/** The workflows of an organization, oldest first: every project that has sent events has one to three. */
export function listWorkflows(organization: Organization): readonly Workflow[] {
  const workflows = known.get(organization) ?? createWorkflows(organization)
  known.set(organization, workflows)
  return workflows
}

function createWorkflows(organization: Organization): Workflow[] {
  return organization.projects
    .filter(({ firstEvent }) => firstEvent !== null)
    .flatMap((project) =>
      Array.from({ length: drawInteger(`${project.id}/workflows`, 1, 3) }, (_, position) =>
        createWorkflow(organization, project, position),
      ),
    )
    .toSorted((left, right) => Date.parse(left.dateCreated) - Date.parse(right.dateCreated))
}

function createWorkflow(organization: Organization, project: Project, position: number): Workflow {
  const key = `${project.id}/workflow/${position}`
  const { people } = organization
  const [first, ...others] = people.map(({ id }) => id)
  return {
    id: String(Number(drawId(key).slice(7))),
    name: `${drawOne(`${key}/name`, ['New issues', 'Regressions', 'Issues that come back'])} of ${project.name}`,
    project,
    environment: drawChance(`${key}/environment`, 0.4) ? 'production' : null,
    isEnabled: drawChance(`${key}/enabled`, 0.9),
    frequency: drawOne(`${key}/frequency`, [5, 30, 60, 1440]),
    trigger: drawOne(`${key}/trigger`, ['first_seen_event', 'regression_event', 'reappeared_event']),
    recipient: chooseRecipient(key, project, others),
    createdBy:
      first === undefined || drawChance(`${key}/orphan`, 0.1) ? null : drawOne(`${key}/by`, [first, ...others]),
    dateCreated: drawMoment(`${key}/created`, project.dateCreated, '2026-09-15'),
    actsEvery: drawChance(`${key}/acts`, 0.85) ? drawInteger(`${key}/acts-every`, 1, 200) : null,
  }
}

function chooseRecipient(key: string, { teams }: Project, [person, ...others]: string[]): Workflow['recipient'] {
  const [team] = teams
  const share = draw(`${key}/recipient`)
  if (share < 0.15 && person !== undefined) {
    return { type: 'user', id: drawOne(`${key}/recipient/person`, [person, ...others]) }
  }
  return share < 0.5 || team === undefined ? null : { type: 'team', id: team.id }
}
