/** The platforms that events of a project carry, by the beginning of the project's own platform. */
const eventPlatforms: readonly (readonly [prefix: string, platform: string])[] = [
  ['javascript', 'javascript'],
  ['react-native', 'javascript'],
  ['electron', 'javascript'],
  ['node', 'node'],
  ['bun', 'node'],
  ['python', 'python'],
  ['ruby', 'ruby'],
  ['go', 'go'],
  ['php', 'php'],
  ['dotnet', 'csharp'],
  ['unity', 'csharp'],
  ['java', 'java'],
  ['kotlin', 'java'],
  ['android', 'java'],
  ['apple', 'cocoa'],
  ['rust', 'native'],
  ['native', 'native'],
  ['unreal', 'native'],
  ['godot', 'native'],
  ['flutter', 'other'],
  ['elixir', 'elixir'],
]

/** The platform of the events that a project of the given platform receives; null when that is not known. */
export function findEventPlatform(platform: string | null): string | null {
  if (platform === null || platform === '') return null
  return eventPlatforms.find(([prefix]) => platform.startsWith(prefix))?.[1] ?? 'other'
}

const browserPlatforms = ['javascript', 'react-native', 'electron']
const mobilePlatforms = ['apple', 'android', 'flutter', 'react-native', 'unity']

const startsWithOneOf = (platform: string, prefixes: readonly string[]) =>
  prefixes.some((prefix) => platform.startsWith(prefix))

/** Where code of this platform runs; decides which of Sentry's features such a project uses. */
export function findRuntime(platform: string | null): 'browser' | 'mobile' | 'server' | 'unknown' {
  if (platform === null || platform === '') return 'unknown'
  if (startsWithOneOf(platform, mobilePlatforms)) return 'mobile'
  if (startsWithOneOf(platform, browserPlatforms)) return 'browser'
  return 'server'
}
