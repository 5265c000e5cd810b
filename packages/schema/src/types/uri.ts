import { GraphQLError } from 'graphql'
import type { GraphBuilder } from '../builder.ts'
import { webAddress } from '../web-address.ts'

export function addUri(builder: GraphBuilder): void {
  builder.scalarType('URI', {
    description: 'An absolute `http` or `https` URL.',
    parseValue: (value) => {
      if (typeof value === 'string' && webAddress(value) !== null) return value
      throw new GraphQLError('A URI is an absolute http or https URL.')
    },
    serialize: (value) => {
      if (webAddress(value) === null) throw new GraphQLError('URI holds an http or https URL only.')
      return value
    },
  })
}
