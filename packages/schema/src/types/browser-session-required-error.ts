import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { UserErrorRef } from './user-error.ts'

export const BrowserSessionRequiredErrorRef = new ObjectRef<GraphTypes, { message: string }>(
  'BrowserSessionRequiredError',
)

/** A session that was made for a client can neither make others nor end them: it would reach beyond itself. */
export const browserSessionRequired = {
  __typename: 'BrowserSessionRequiredError',
  message: 'Only a browser that is signed in may do this: a client session reaches no further than itself.',
} as const

export function addBrowserSessionRequiredError(builder: GraphBuilder): void {
  builder.objectType(BrowserSessionRequiredErrorRef, {
    description: 'A client session asked for what only a browser session may do. No Sentry call.',
    interfaces: [UserErrorRef],
  })
}
