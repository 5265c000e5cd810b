const browsers: readonly [RegExp, string][] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)[\d.]* (?:Mobile\/\S+ )?Safari\//, 'Safari'],
]

const systems: readonly [RegExp, string][] = [
  [/\b(?:iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
]

const LONGEST = 60

/** What a person calls the program that sent this user agent; the beginning of its own words where nobody knows it. */
export function agentName(userAgent: string): string {
  const browser = browsers.find(([pattern]) => pattern.test(userAgent))
  if (browser === undefined) return firstWords(userAgent)
  const [pattern, name] = browser
  const system = systems.find(([mark]) => mark.test(userAgent))?.[1]
  const version = pattern.exec(userAgent)?.[1]
  return `${name} ${version}${system === undefined ? '' : ` on ${system}`}`
}

/** `curl/8.5.0` is a product and its version (RFC 9110, 10.1.5). */
function firstWords(userAgent: string): string {
  const [, product, version] = /^([\w.-]+)\/([\w.-]+)/.exec(userAgent) ?? []
  const name = product === undefined ? userAgent : `${product} ${version}`
  return name.length > LONGEST ? `${name.slice(0, LONGEST)}…` : name
}
