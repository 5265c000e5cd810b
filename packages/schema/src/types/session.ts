import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { givesReference } from '../call-plan.ts'
import { organizationReference } from '../node-source.ts'
import type { SessionFacts } from '../session-actions.ts'
import { addAddressFamily } from './address-family.ts'
import { OrganizationRef } from './organization.ts'
import { addSessionKind } from './session-kind.ts'

export const SessionRef = new ObjectRef<GraphTypes, SessionFacts>('Session')

const NewAgentRef = new ObjectRef<GraphTypes, NonNullable<SessionFacts['newAgent']>>('NewAgent')

const source = 'Known to the gateway; no Sentry call.'

export function addSession(builder: GraphBuilder): void {
  const sessionKind = addSessionKind(builder)
  const addressFamily = addAddressFamily(builder)
  addNewAgent(builder)

  builder.objectType(SessionRef, {
    description: `A way in that is open: a signed-in browser or a connected client. ${source}`,
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false, description: `Names the session; it opens nothing. ${source}` }),
      kind: t.expose('kind', { type: sessionKind, nullable: false, description: `How it came to be. ${source}` }),
      name: t.exposeString('name', { description: `The name its owner gave it; null for a browser. ${source}` }),
      isCurrent: t.boolean({
        nullable: false,
        description: `Whether this request was made with it. ${source}`,
        resolve: ({ id }, _, { viewer }) => id === viewer?.session.id,
      }),
      createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: `Its beginning. ${source}` }),
      lastUsedAt: t.expose('lastUsedAt', {
        type: 'DateTime',
        nullable: false,
        description: `Its last use, to the minute. ${source}`,
      }),
      expiresAt: t.expose('expiresAt', {
        type: 'DateTime',
        nullable: false,
        description: `When it ends however much it is used. ${source}`,
      }),
      userAgent: t.exposeString('userAgent', {
        description: `What its last use called itself; null before the first use, or when it did not say. ${source}`,
      }),
      addressFamily: t.expose('addressFamily', {
        type: addressFamily,
        description: `From what kind of address it was last used; more of the address is not kept. ${source}`,
      }),
      newAgent: t.expose('newAgent', {
        type: NewAgentRef,
        description: `Set once another program or browser turned up with it: whoever did not expect that should end it. ${source}`,
      }),
      isReadOnly: t.exposeBoolean('readOnly', {
        nullable: false,
        description: `Whether it may change nothing but end itself. ${source}`,
      }),
      organizations: t.field({
        type: [OrganizationRef],
        description: `The organizations it is narrowed to, by reference: details cost a call. Null for all. ${source}`,
        extensions: givesReference,
        resolve: ({ organizations }) => organizations?.map(organizationReference) ?? null,
      }),
      tokenExpiresAt: t.expose('tokenExpiresAt', {
        type: 'DateTime',
        description: `When the Sentry access token behind it runs out; it is renewed before. ${source}`,
      }),
      scopes: t.exposeStringList('scopes', {
        nullable: false,
        description: `The scopes Sentry granted, implied ones included. ${source}`,
      }),
      boundOrganization: t.field({
        type: OrganizationRef,
        description: `The one organization Sentry lets it see, by reference: details cost a call. Null when that is up to the person’s memberships. ${source}`,
        extensions: givesReference,
        resolve: ({ boundOrganization }) =>
          boundOrganization === null ? null : organizationReference(boundOrganization),
      }),
      canWriteIssues: t.boolean({
        nullable: false,
        description: `Whether it may change issues: by scope (\`event:write\` or \`event:admin\`), and not read-only. ${source}`,
        resolve: ({ scopes, readOnly }) =>
          !readOnly && (scopes.includes('event:write') || scopes.includes('event:admin')),
      }),
    }),
  })
}

function addNewAgent(builder: GraphBuilder): void {
  builder.objectType(NewAgentRef, {
    description: `The last change of the program or browser that uses a session. ${source}`,
    fields: (t) => ({
      since: t.expose('since', { type: 'DateTime', nullable: false, description: `When it turned up. ${source}` }),
      formerUserAgent: t.exposeString('formerUserAgent', {
        description: `What the session’s uses called themselves before. ${source}`,
      }),
    }),
  })
}
