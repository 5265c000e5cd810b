import type { GraphBuilder } from '../builder.ts'

export function addSessionKind(builder: GraphBuilder) {
  return builder.enumType('SessionKind', {
    description: 'How a session came to be. Known to the gateway; no Sentry call.',
    values: {
      BROWSER: { value: 'browser', description: 'By signing in with a browser.' },
      CLIENT: { value: 'client', description: 'Made for a script or another application.' },
    },
  })
}
