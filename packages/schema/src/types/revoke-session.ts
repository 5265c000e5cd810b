import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { requireSessions } from '../context.ts'
import { mayEndItself } from '../mutation-guard.ts'
import { NotFoundErrorRef } from './user-error.ts'

const PayloadRef = new ObjectRef<GraphTypes, { sessionId: string }>('RevokeSessionPayload')

const source = 'Known to the gateway; no Sentry call.'

export function addRevokeSession(builder: GraphBuilder): void {
  builder.objectType(PayloadRef, {
    description: `The session has ended. ${source}`,
    fields: (t) => ({
      sessionId: t.exposeID('sessionId', { nullable: false, description: `Which one. ${source}` }),
    }),
  })

  const input = builder.inputType('RevokeSessionInput', {
    description: 'A session to be ended.',
    fields: (t) => ({
      sessionId: t.id({ required: true, description: 'The `id` of one of the viewer’s sessions.' }),
    }),
  })

  const result = builder.unionType('RevokeSessionResult', {
    description: `The ended session, or why it was not. ${source}`,
    types: [PayloadRef, NotFoundErrorRef],
    resolveType: (value) => ('ids' in value ? NotFoundErrorRef.name : PayloadRef.name),
  })

  builder.mutationField('revokeSession', (t) =>
    t.field({
      type: result,
      description:
        'Ends one session at once, the caller’s own included. A client session knows no other than itself. Known to the gateway; no Sentry call.',
      args: { input: t.arg({ type: input, required: true, description: 'Which one.' }) },
      extensions: mayEndItself(({ input }, { id }) => (input as { sessionId: string }).sessionId === id),
      resolve: async (_, { input: { sessionId } }, context) => {
        const { viewer, sessions } = requireSessions(context)
        const isVisible = viewer.session.kind === 'browser' || viewer.session.id === sessionId
        if (isVisible && (await sessions.revoke(sessionId))) return { sessionId }
        return { message: 'There is no such session, or it has ended already.', ids: [sessionId] }
      },
    }),
  )
}
