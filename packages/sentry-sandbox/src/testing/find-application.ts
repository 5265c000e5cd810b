import type { Application } from '../oauth/application.ts'
import type { Sandbox } from '../sandbox.ts'

export function findApplication(sandbox: Sandbox, name: string): Application {
  const application = sandbox.applications.find((candidate) => candidate.name === name)
  if (application === undefined) throw new Error(`There is no application ${name}`)
  return application
}
