import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { requireSessions } from '../context.ts'
import { mayEndItself } from '../mutation-guard.ts'
import { BrowserSessionRequiredErrorRef, browserSessionRequired } from './browser-session-required-error.ts'

const PayloadRef = new ObjectRef<GraphTypes, { everywhere: boolean }>('SignOutPayload')

const source = 'Known to the gateway; no Sentry call.'

export function addSignOut(builder: GraphBuilder): void {
  builder.objectType(PayloadRef, {
    description: `The caller’s session has ended. ${source}`,
    fields: (t) => ({
      everywhere: t.exposeBoolean('everywhere', {
        nullable: false,
        description: `Whether all other sessions of the person have ended too. ${source}`,
      }),
    }),
  })

  const input = builder.inputType('SignOutInput', {
    description: 'How much is to end.',
    fields: (t) => ({
      everywhere: t.boolean({
        required: true,
        defaultValue: false,
        description: 'Every session of the person, browsers and clients. Only from a browser session.',
      }),
    }),
  })

  const result = builder.unionType('SignOutResult', {
    description: `That it is done, or why it is not. ${source}`,
    types: [PayloadRef, BrowserSessionRequiredErrorRef],
    resolveType: (value) => ('everywhere' in value ? PayloadRef.name : BrowserSessionRequiredErrorRef.name),
  })

  builder.mutationField('signOut', (t) =>
    t.field({
      type: result,
      description:
        'Ends the session of this request, or all of the person’s. Afterwards Sentry is told which tokens are out of use. Known to the gateway; no Sentry call that anybody waits for.',
      args: {
        input: t.arg({
          type: input,
          required: true,
          defaultValue: { everywhere: false },
          description: 'How much is to end.',
        }),
      },
      extensions: mayEndItself(({ input }) => !(input as { everywhere: boolean }).everywhere),
      resolve: async (_, { input: { everywhere } }, context) => {
        const { viewer, sessions } = requireSessions(context)
        if (everywhere && viewer.session.kind !== 'browser') return browserSessionRequired
        await sessions.signOut(everywhere)
        return { everywhere }
      },
    }),
  )
}
