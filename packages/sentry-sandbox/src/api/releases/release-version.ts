/** The name that Sentry shows for a version: without package, hashes cut short, a numeric build in brackets. */
export function shortenVersion(version: string): string {
  const { text, core, build } = splitVersion(version)
  if (isHash(text)) return text.slice(0, 12)
  return build === null ? core : `${core} (${build})`
}

/** What Sentry reads out of a version. */
export function parseVersion(version: string): object {
  const { packageName, text, core, build } = splitVersion(version)
  const description = shortenVersion(version)
  if (isHash(text)) return { package: packageName, version: { raw: text }, description, buildHash: text }
  const [major, minor, patch] = core.split('.').map(Number)
  return {
    package: packageName,
    version: { raw: text, major, minor, patch, pre: null, buildCode: build, components: 3 },
    description,
    buildHash: null,
  }
}

/** Compares as semantic versions do, commits as texts before all of them. */
export function compareVersions(left: string, right: string): number {
  const [first, second] = [sortKey(left), sortKey(right)]
  return first < second ? -1 : Number(first > second)
}

function sortKey(version: string): string {
  const { text, core, build } = splitVersion(version)
  if (isHash(text)) return text
  return `~${[...core.split('.'), build ?? ''].map((part) => part.padStart(8, '0')).join('.')}`
}

const isHash = (text: string) => /^[0-9a-f]{40}$/.test(text)

function splitVersion(version: string): {
  packageName: string | null
  text: string
  core: string
  build: string | null
} {
  const [, packageName = null, text = version] = /^([^@]+)@(.+)$/.exec(version) ?? []
  const [core = text, build = null] = text.split('+')
  return { packageName, text, core, build }
}
