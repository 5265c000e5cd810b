import { failureTable } from '../failure/failure-table.ts'
import type { Failure } from '../failure/failure.ts'
import { Unknown } from './unknown.tsx'

export interface RegionNameProps {
  region: { name: string | null } | null
  /** Why the region, or its name, is missing. */
  failure: Failure | null
}

/** Whether there is anything to say: a server without regions has no name for its one. */
export function hasRegion({ region, failure }: RegionNameProps): boolean {
  return region === null || region.name !== null || failure !== null
}

/** The name of an organization's region, or why it is not known. */
export function RegionName({ region, failure }: RegionNameProps) {
  if (region?.name) return region.name
  return <Unknown reason={`The region is not known. ${failure ? failureTable[failure.code].sentence : ''}`.trim()} />
}
