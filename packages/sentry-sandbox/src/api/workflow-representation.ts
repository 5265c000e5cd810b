import { drawId } from '../world/draw.ts'
import { hour } from '../world/moment.ts'
import type { Organization } from '../world/organization.ts'
import type { Workflow } from '../world/workflow.ts'

/** When a workflow last acted, in milliseconds since the epoch. */
export function findLastTrigger({ actsEvery, isEnabled, dateCreated }: Workflow, now: Date): number | null {
  if (actsEvery === null || !isEnabled) return null
  const interval = actsEvery * hour
  const last = Math.floor(now.getTime() / interval) * interval
  return last < Date.parse(dateCreated) ? null : last
}

/** A workflow with its trigger and its action. */
export function presentWorkflow(organization: Organization, workflow: Workflow, now: Date): object {
  const lastTriggered = findLastTrigger(workflow, now)
  return {
    id: workflow.id,
    name: workflow.name,
    organizationId: organization.id,
    createdBy: workflow.createdBy,
    dateCreated: workflow.dateCreated,
    dateUpdated: workflow.dateCreated,
    triggers: presentTrigger(organization, workflow),
    actionFilters: [presentAction(organization, workflow)],
    environment: workflow.environment,
    config: { frequency: workflow.frequency },
    detectorIds: [drawId(`${workflow.project.id}/detector`).slice(5)],
    enabled: workflow.isEnabled,
    lastTriggered: lastTriggered === null ? null : new Date(lastTriggered).toISOString(),
    owner: workflow.recipient?.type === 'team' ? `team:${workflow.recipient.id}` : null,
  }
}

function presentTrigger(organization: Organization, { id, trigger }: Workflow): object {
  return {
    id: `${id}1`,
    organizationId: organization.id,
    logicType: 'any-short',
    conditions: [{ id: `${id}2`, type: trigger, comparison: true, conditionResult: true }],
    actions: [],
  }
}

function presentAction(organization: Organization, { id, recipient }: Workflow): object {
  return {
    id: `${id}3`,
    organizationId: organization.id,
    logicType: 'all',
    conditions: [],
    actions: [
      {
        id: `${id}4`,
        type: 'email',
        integrationId: null,
        data: recipient === null ? { fallthroughType: 'ActiveMembers' } : {},
        config: {
          targetType: recipient?.type ?? 'issue_owners',
          targetIdentifier: recipient?.id ?? null,
          targetDisplay: null,
        },
        status: 'active',
      },
    ],
  }
}
