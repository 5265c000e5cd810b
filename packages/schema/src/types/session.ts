import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { Viewer } from '../context.ts'
import { addSessionKind } from './session-kind.ts'

export const SessionRef = new ObjectRef<GraphTypes, Viewer['session']>('Session')

const source = 'Known to the gateway; no Sentry call.'

export function addSession(builder: GraphBuilder): void {
  const sessionKind = addSessionKind(builder)
  builder.objectType(SessionRef, {
    description: `The session this request was made with. ${source}`,
    fields: (t) => ({
      id: t.exposeID('id', { nullable: false, description: `Names the session; it opens nothing. ${source}` }),
      kind: t.expose('kind', { type: sessionKind, nullable: false, description: `How it came to be. ${source}` }),
      name: t.exposeString('name', { description: `The name its owner gave it; null for a browser. ${source}` }),
      createdAt: t.expose('createdAt', { type: 'DateTime', nullable: false, description: `The sign-in. ${source}` }),
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
      tokenExpiresAt: t.expose('tokenExpiresAt', {
        type: 'DateTime',
        description: `When the Sentry access token behind it runs out; it is renewed before. ${source}`,
      }),
      scopes: t.exposeStringList('scopes', {
        nullable: false,
        description: `The scopes Sentry granted, implied ones included. ${source}`,
      }),
      canWriteIssues: t.boolean({
        nullable: false,
        description: `Whether the scopes allow to change issues: \`event:write\` or \`event:admin\`. ${source}`,
        resolve: ({ scopes }) => scopes.includes('event:write') || scopes.includes('event:admin'),
      }),
    }),
  })
}
