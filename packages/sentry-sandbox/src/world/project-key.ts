import { drawChance, drawHex, drawInteger } from './draw.ts'
import type { Project } from './project.ts'

/** A pair of keys that applications send their events with. */
export interface ProjectKey {
  name: string
  publicKey: string
  secretKey: string
  isActive: boolean
  /** At most `count` events in `window` seconds. */
  rateLimit: { window: number; count: number } | null
  /** Very old keys have none. */
  dateCreated: string | null
}

/** The keys of a project, oldest first: one at least. */
export function createProjectKeys(project: Project): ProjectKey[] {
  const key = `${project.id}/keys`
  const others = [
    { name: 'Backfill', isActive: false, exists: drawChance(`${key}/backfill`, 0.25) },
    { name: 'Preview deployments', isActive: true, exists: drawChance(`${key}/preview`, 0.2) },
  ]
  return [{ name: 'Default', isActive: true }, ...others.filter(({ exists }) => exists)].map(
    ({ name, isActive }, index) => ({
      name,
      publicKey: drawHex(`${key}/${index}/public`, 32),
      secretKey: drawHex(`${key}/${index}/secret`, 32),
      isActive,
      rateLimit: index === 2 ? { window: 60, count: drawInteger(`${key}/${index}/limit`, 1, 30) * 100 } : null,
      dateCreated: index === 0 && drawChance(`${key}/undated`, 0.1) ? null : project.dateCreated,
    }),
  )
}
