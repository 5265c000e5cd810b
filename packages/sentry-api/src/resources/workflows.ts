import { z } from 'zod'
import { lifetimes } from '../lifetimes.ts'
import { getPage, type Page, type PageOptions } from '../page.ts'
import type { SentryClient } from '../sentry-client.ts'
import { date, filledText, flag, id } from '../shape.ts'
import type { OrganizationAddress } from './organizations.ts'

const workflowShape = z
  .object({
    id,
    name: filledText,
    enabled: flag,
    environment: filledText,
    lastTriggered: date,
    owner: filledText,
    dateCreated: date,
  })
  .transform((workflow) => ({ ...workflow, name: workflow.name ?? workflow.id }))

/** An alert, under the name it has since alert rules went away. `owner` is a text such as `team:12`. */
export type Workflow = z.output<typeof workflowShape>

/**
 * One page of alerts of the projects that the person may see, oldest first; of these projects or ids (numeric) only
 * where some are given. `GET organizations/{org}/workflows/`, scope `org:read`.
 */
export function listWorkflows(
  client: SentryClient,
  organization: OrganizationAddress,
  options: PageOptions & { query?: string | null; projects?: readonly string[]; ids?: readonly string[] },
): Promise<Page<Workflow>> {
  const { query, projects, ids, ...page } = options
  const request = {
    endpoint: '/api/0/organizations/{org}/workflows/',
    parameters: { org: organization.idOrSlug },
    query: { query, project: projects, id: ids },
    regionUrl: organization.regionUrl,
    lifetime: lifetimes.settled,
  }
  return getPage(client, request, page, workflowShape)
}
