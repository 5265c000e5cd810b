import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import type { OrganizationSource } from '../node-source.ts'
import { presentError } from '../present-error.ts'
import { OrganizationRef } from './organization.ts'

/** An organization that could not be asked for its part of a merged list. */
export interface OrganizationFailure {
  organization: OrganizationSource
  error: unknown
}

export const OrganizationFailureRef = new ObjectRef<GraphTypes, OrganizationFailure>('OrganizationFailure')

const source = 'No Sentry call.'

export function addOrganizationFailure(builder: GraphBuilder): void {
  builder.objectType(OrganizationFailureRef, {
    description: 'Why an organization has no part in an answer that is merged from several.',
    fields: (t) => ({
      organization: t.field({
        type: OrganizationRef,
        nullable: false,
        description: `The organization; it is known. ${source}`,
        resolve: ({ organization }) => organization,
      }),
      code: t.string({
        nullable: false,
        description: `The \`extensions.code\` that it would have as an error, such as \`UPSTREAM_UNAVAILABLE\`. ${source}`,
        resolve: ({ error }, _, { correlationId }) => String(presentError(error, correlationId).extensions['code']),
      }),
      message: t.string({
        nullable: false,
        description: `A sentence for people. ${source}`,
        resolve: ({ error }, _, { correlationId }) => presentError(error, correlationId).message,
      }),
      retryAfterSeconds: t.int({
        description: `Seconds until it may answer again; null where Sentry does not say. ${source}`,
        resolve: ({ error }, _, { correlationId }) => {
          const { retryAfter } = presentError(error, correlationId).extensions
          return typeof retryAfter === 'number' ? Math.ceil(retryAfter) : null
        },
      }),
    }),
  })
}
