import { ObjectRef } from '@pothos/core'
import type { GraphQLResolveInfo } from 'graphql'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry, carries } from '../call-plan.ts'
import { addConnection, connectionRef } from '../connection.ts'
import { requireSignedIn } from '../context.ts'
import type { OrganizationSource } from '../node-source.ts'
import { findVisibleOrganization } from '../organization-by-slug.ts'
import { organizationRecord } from '../organization-record.ts'
import { permalink } from '../permalink.ts'
import { regionSource } from '../region-source.ts'
import { selectionOf } from '../selection.ts'
import { isSlug, readSlug } from '../slug.ts'
import { webAddress } from '../web-address.ts'
import { whenKnown } from '../when-known.ts'
import { NodeRef } from './node.ts'
import { RegionRef } from './region.ts'
import { UniformResourceLocatableRef } from './uniform-resource-locatable.ts'

export const OrganizationRef = new ObjectRef<GraphTypes, OrganizationSource>('Organization')
export const OrganizationConnectionRef = connectionRef<OrganizationSource>('Organization')

const source = 'Sentry: `GET organizations/` (scope `org:read`).'

/** Of a field that needs the organization's record, which is not known beneath a node that was found by its id. */
export const organizationPlan = {
  endpoint: 'GET organizations/',
  serves: 'operation',
  onlyForUnknownOrganizations: true,
} as const

/** Of a field that leads from a node to its organization: nullable, for the call that it may cost can fail. */
export const organizationDescription =
  'The organization it belongs to. Reached from a node id, all but its `id` and `sentryId` costs a call for all such organizations of the operation: `GET organizations/` (scope `org:read`); null where that fails. Else it is known.'

/**
 * Of the first issue that is asked for by its short id beneath the organization, which is what a page is about; null where
 * there is none, or what cannot be one, which its field refuses.
 */
function firstShortId(info: GraphQLResolveInfo): string | null {
  const [first] = selectionOf(info, 'Organization').argumentsOf('issue')
  const shortId = first?.['shortId']
  return typeof shortId === 'string' && isSlug(shortId) ? shortId : null
}

export function addOrganization(builder: GraphBuilder): void {
  builder.objectType(OrganizationRef, {
    description: `An organization: the owner of projects, teams and members. ${source}`,
    interfaces: [NodeRef, UniformResourceLocatableRef],
    fields: (t) => ({
      sentryId: t.string({
        nullable: false,
        description: `Sentry’s own numeric id. ${source}`,
        resolve: ({ sentryId }) => sentryId,
      }),
      slug: t.string({
        nullable: false,
        description: `Its name in URLs, case-sensitive. ${source}`,
        extensions: asksSentry(organizationPlan),
        resolve: (organization, _, context) => whenKnown(organizationRecord(organization, context), ({ slug }) => slug),
      }),
      name: t.string({
        nullable: false,
        description: `Its name; the slug where it has none. ${source}`,
        extensions: asksSentry(organizationPlan),
        resolve: (organization, _, context) => whenKnown(organizationRecord(organization, context), ({ name }) => name),
      }),
      avatarUrl: t.field({
        type: 'URI',
        description: `A picture; null when Sentry draws initials. ${source}`,
        extensions: asksSentry(organizationPlan),
        resolve: (organization, _, context) =>
          whenKnown(organizationRecord(organization, context), ({ avatarUrl }) => webAddress(avatarUrl)),
      }),
      permalink: t.field({
        type: 'URI',
        description: `Its issues in Sentry’s web UI. ${source}`,
        extensions: asksSentry(organizationPlan),
        resolve: async (organization, _, context) => {
          const record = await organizationRecord(organization, context)
          return permalink(record, context.gateway.sentryUrl, { page: 'issues/' })
        },
      }),
      region: t.field({
        type: RegionRef,
        description: `Where its data lives; the one host of a server without regions. ${source}`,
        extensions: asksSentry(organizationPlan),
        resolve: async (organization, _, context) => {
          const { regionUrl } = await organizationRecord(organization, context)
          return regionSource(requireSignedIn(context).sentry, regionUrl)
        },
      }),
      dateCreated: t.field({
        type: 'DateTime',
        description: `When it was made. ${source}`,
        extensions: asksSentry(organizationPlan),
        resolve: (organization, _, context) =>
          whenKnown(organizationRecord(organization, context), ({ dateCreated }) => dateCreated),
      }),
      viewerAccess: t.stringList({
        description:
          'The scopes that the viewer’s role and token leave here, about thirty. Costs a call per organization: `GET organizations/{org}/?detailed=0` (scope `org:read`), none after `organization(slug:)`.',
        extensions: asksSentry({ endpoint: 'GET organizations/{org}/', serves: 'parent' }),
        resolve: async (organization, _, context) => {
          const { loaders } = requireSignedIn(context)
          return (await loaders.organizationDetails.load(organization)).access
        },
      }),
    }),
  })
  addConnection(builder, OrganizationConnectionRef, OrganizationRef)

  builder.queryField('organization', (t) =>
    t.field({
      type: OrganizationRef,
      description:
        'One organization by its slug or numeric id; null with `NOT_FOUND` when there is none or the viewer is no member. Costs a call: `GET organizations/{org}/?detailed=0` (scope `org:read`).',
      args: { slug: t.arg.string({ required: true, description: 'The exact slug; case matters.' }) },
      extensions: {
        ...asksSentry({ endpoint: 'GET organizations/{org}/', serves: 'parent' }),
        ...carries('viewerAccess'),
      },
      resolve: async (_, args, context, info) => {
        const signedIn = requireSignedIn(context)
        const slug = readSlug(args.slug)
        const organization = findVisibleOrganization(signedIn, slug)
        const shortId = firstShortId(info)
        if (shortId === null) return await organization
        return await signedIn.loaders.issuesByShortId.askBeside(organization, { organization: slug, shortId })
      },
    }),
  )
}
