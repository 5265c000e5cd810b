import { ObjectRef } from '@pothos/core'
import type { GraphBuilder, GraphTypes } from '../builder.ts'
import { webAddress } from '../web-address.ts'

interface LinkAnnotation {
  label: string
  url: string | null
}

export const LinkAnnotationRef = new ObjectRef<GraphTypes, LinkAnnotation>('LinkAnnotation')

const source = 'No Sentry call of its own.'

export function addLinkAnnotation(builder: GraphBuilder): void {
  builder.objectType(LinkAnnotationRef, {
    description: 'Something elsewhere that belongs to an issue, such as a ticket.',
    fields: (t) => ({
      label: t.exposeString('label', { nullable: false, description: `What to call it. ${source}` }),
      url: t.field({
        type: 'URI',
        description: `Where it is; null where nobody says. ${source}`,
        resolve: ({ url }) => webAddress(url),
      }),
    }),
  })
}
