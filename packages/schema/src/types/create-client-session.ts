import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { asksSentry } from '../call-plan.ts'
import { readClientSession } from '../client-session-input.ts'
import { requireSessions } from '../context.ts'
import { AuthenticationEndedError, GraphError } from '../graph-error.ts'
import type { SessionActions, SessionFacts } from '../session-actions.ts'
import { BrowserSessionRequiredErrorRef, browserSessionRequired } from './browser-session-required-error.ts'
import { SessionRef } from './session.ts'
import { InvalidInputErrorRef, NotFoundErrorRef } from './user-error.ts'

interface Payload {
  session: SessionFacts
  value: string
  cookieName: string
}

const PayloadRef = new ObjectRef<GraphTypes, Payload>('CreateClientSessionPayload')

const source = 'Known to the gateway; no Sentry call.'

/** That one person has at a time: more than anybody keeps an eye on, and few enough to list. */
const MOST_CLIENTS = 100

export function addCreateClientSession(builder: GraphBuilder): void {
  builder.objectType(PayloadRef, {
    description: `The new client session, with what opens it. ${source}`,
    fields: (t) => ({
      session: t.expose('session', { type: SessionRef, nullable: false, description: `The session. ${source}` }),
      value: t.exposeString('value', {
        nullable: false,
        description: `What opens it, shown this once and kept nowhere: as \`Authorization: Bearer <value>\` or as the cookie. ${source}`,
      }),
      cookieName: t.exposeString('cookieName', {
        nullable: false,
        description: `The cookie that carries it: \`Cookie: <cookieName>=<value>\`. ${source}`,
      }),
    }),
  })

  const input = builder.inputType('CreateClientSessionInput', {
    description: 'A session for a script or another application.',
    fields: (t) => ({
      name: t.string({ required: true, description: 'What its owner will know it by: 1 to 100 characters.' }),
      expiresIn: t.field({
        type: 'Duration',
        required: true,
        description: 'How long it lives, however much it is used: one minute to 365 days.',
      }),
      isReadOnly: t.boolean({
        required: true,
        defaultValue: false,
        description: 'Whether it may change nothing but end itself.',
      }),
      organizationIds: t.idList({
        description:
          'Ids of the only organizations it may see, at most 100; all there are, and will be, when left out.',
      }),
    }),
  })

  const result = builder.unionType('CreateClientSessionResult', {
    description: `The new client session, or why there is none. ${source}`,
    types: [PayloadRef, InvalidInputErrorRef, NotFoundErrorRef, BrowserSessionRequiredErrorRef],
    resolveType: (value) => ('__typename' in value ? String(value.__typename) : PayloadRef.name),
  })

  builder.mutationField('createClientSession', (t) =>
    t.field({
      type: result,
      description:
        'Makes a session for a script or another application, narrowed as wished. Only from a browser session, and while the person has fewer than 100 of them (`RATE_LIMITED`). Costs a call where it names organizations: `GET organizations/` (scope `org:read`).',
      args: { input: t.arg({ type: input, required: true, description: 'What it may do, and for how long.' }) },
      extensions: asksSentry({
        endpoint: 'GET organizations/',
        serves: 'parent',
        times: ({ input }) => ((input as { organizationIds?: unknown[] | null }).organizationIds?.length ? 1 : 0),
      }),
      resolve: async (_, args, context) => {
        const { viewer, sessions, loaders } = requireSessions(context)
        if (viewer.session.kind !== 'browser') return browserSessionRequired
        const { input, refusal } = await readClientSession(args.input, loaders)
        if (refusal !== null) return refusal
        await requireRoom(sessions)
        const made = await sessions.createClientSession(input)
        if (made === null) throw new AuthenticationEndedError('session_ended')
        return { ...made, cookieName: sessions.cookieName }
      },
    }),
  )
}

async function requireRoom(sessions: SessionActions): Promise<void> {
  const clients = (await sessions.list()).filter(({ kind }) => kind === 'client')
  if (clients.length < MOST_CLIENTS) return
  throw new GraphError(
    'RATE_LIMITED',
    `A person has at most ${MOST_CLIENTS} client sessions. End one that is out of use.`,
  )
}
