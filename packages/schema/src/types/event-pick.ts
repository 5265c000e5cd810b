import type { GraphBuilder } from '../builder.ts'

export function addEventPick(builder: GraphBuilder) {
  return builder.enumType('EventPick', {
    description: 'Which event of an issue to look at.',
    values: {
      LATEST: { value: 'latest', description: 'The newest.' },
      OLDEST: { value: 'oldest', description: 'The oldest that Sentry still keeps.' },
      RECOMMENDED: { value: 'recommended', description: 'The one that tells most.' },
    },
  })
}
