import { parse, parseDocument, isMap, isScalar } from 'yaml'
import { isAtLeast, type VersionFloor } from './version-floors.ts'

/** One version of one package, as pnpm-lock.yaml pins it. */
export interface LockedPackage {
  name: string
  version: string
  integrity: string | null
}

/** The versions that a pnpm lock file of format 9 pins. */
export function readLockedPackages(lockfile: string): LockedPackage[] {
  const { packages } = parse(lockfile) as { packages: Record<string, { resolution?: { integrity?: string } }> }
  return Object.entries(packages).map(([key, { resolution }]) => {
    const at = key.lastIndexOf('@')
    return { name: key.slice(0, at), version: key.slice(at + 1), integrity: resolution?.integrity ?? null }
  })
}

/** Those below their floor. */
export function findTooOld(packages: readonly LockedPackage[], floors: readonly VersionFloor[]): LockedPackage[] {
  return packages.filter(({ name, version }) =>
    floors.some((floor) => floor.package === name && !isAtLeast(version, floor.version)),
  )
}

/** Those whose content is not pinned by a SHA-512: a registry could send anything. */
export function findUnpinned(packages: readonly LockedPackage[]): LockedPackage[] {
  return packages.filter(({ integrity }) => integrity === null || !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity))
}

/** Lines that name a place to download from: what is installed would depend on more than name and content. */
export function findAddresses(lockfile: string): string[] {
  return lockfile
    .split('\n')
    .filter((line) => /https?:\/\/|git\+|ssh:\/\/|tarball:|registry\.|(directory|repo|commit): /.test(line))
}

/** What the workspace says of a package that would like to run a script when it is installed. */
export interface BuildDecision {
  package: string
  isAllowed: boolean
  /** The comment above it, or above the list. */
  reason: string | null
}

/** The `allowBuilds` of pnpm-workspace.yaml. */
export function readBuildDecisions(workspace: string): BuildDecision[] {
  const document = parseDocument(workspace)
  const pair = isMap(document.contents)
    ? document.contents.items.find(({ key }) => isScalar(key) && key.value === 'allowBuilds')
    : undefined
  if (!pair || !isMap(pair.value)) return []
  const reasonOfAll = isScalar(pair.key) ? (pair.key.commentBefore ?? null) : null
  return pair.value.items.map(({ key, value }) => {
    if (!isScalar(key) || !isScalar(value))
      throw new SyntaxError('allowBuilds of pnpm-workspace.yaml maps names to yes or no')
    return { package: String(key.value), isAllowed: value.value === true, reason: key.commentBefore ?? reasonOfAll }
  })
}
