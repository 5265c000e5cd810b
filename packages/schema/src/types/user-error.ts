import { InterfaceRef, ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'

export interface UserError {
  /** For the person. */
  message: string
}

export const UserErrorRef = new InterfaceRef<GraphTypes, UserError>('UserError')

export interface NotFoundError extends UserError {
  ids: readonly string[]
}

export const NotFoundErrorRef = new ObjectRef<GraphTypes, NotFoundError>('NotFoundError')

interface InvalidInputError extends UserError {
  field: string
}

export const InvalidInputErrorRef = new ObjectRef<GraphTypes, InvalidInputError>('InvalidInputError')

const source = 'No Sentry call.'

/** Why a mutation did not do what it was asked for, where that was to be expected: data, not an error of the operation. */
export function addUserErrors(builder: GraphBuilder): void {
  builder.interfaceType(UserErrorRef, {
    description: `A failure that was to be expected, told as data. ${source}`,
    fields: (t) => ({
      message: t.exposeString('message', { nullable: false, description: `A sentence for the person. ${source}` }),
    }),
  })

  builder.objectType(NotFoundErrorRef, {
    description: `What was to be changed does not exist, or is not the viewer’s. ${source}`,
    interfaces: [UserErrorRef],
    fields: (t) => ({
      ids: t.exposeIDList('ids', { nullable: false, description: `The ids that lead nowhere. ${source}` }),
    }),
  })

  builder.objectType(InvalidInputErrorRef, {
    description: `A field of the input has a value that cannot be. ${source}`,
    interfaces: [UserErrorRef],
    fields: (t) => ({
      field: t.exposeString('field', { nullable: false, description: `The name of that field. ${source}` }),
    }),
  })
}
