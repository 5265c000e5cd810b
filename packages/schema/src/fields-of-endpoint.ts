import { type GraphQLSchema, isObjectType } from 'graphql'
import { readPlan } from './call-plan.ts'

/** The fields, such as `Organization.teams`, that ask an endpoint of Sentry by this path template, in order of the schema. */
export function listFieldsOf(schema: GraphQLSchema, endpoint: string): string[] {
  const asked = withoutNames(endpoint.replace('/api/0/', ''))
  return Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) => Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })))
    .filter(({ field }) => readPlan(field).asksSentry?.some((plan) => withoutNames(pathOf(plan.endpoint)) === asked))
    .map(({ name }) => name)
}

function pathOf(planned: string): string {
  return planned.slice(planned.indexOf(' ') + 1)
}

/** Templates name their parameters as they like. */
function withoutNames(template: string): string {
  return template.replace(/\{\w+\}/g, '{}')
}
