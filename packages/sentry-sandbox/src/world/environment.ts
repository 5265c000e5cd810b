import { drawChance, drawInteger } from './draw.ts'
import type { Organization } from './organization.ts'
import type { Project } from './project.ts'

/** An environment of an organization. Projects share it by its name. */
export interface Environment {
  id: string
  name: string
}

/** The environment of that name. */
export function createEnvironment({ id }: Organization, name: string): Environment {
  return { id: String(drawInteger(`${id}/environment/${name}`, 1_000_000, 9_999_999)), name }
}

/** Whether a project keeps an environment out of its menus. */
export function isHiddenEnvironment({ id }: Project, name: string): boolean {
  return name !== 'production' && drawChance(`${id}/hidden-environment/${name}`, 0.2)
}
