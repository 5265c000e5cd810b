import type { Tint } from './tint.ts'

export interface Platform {
  label: string
  /** Two or three letters that stand for the family. */
  glyph: string
  tint: Tint
}

const families: Record<string, Platform> = {
  android: { label: 'Android', glyph: 'An', tint: 'moss' },
  apple: { label: 'Apple', glyph: 'Ap', tint: 'sky' },
  capacitor: { label: 'Capacitor', glyph: 'Ca', tint: 'sky' },
  cocoa: { label: 'Cocoa', glyph: 'Co', tint: 'sky' },
  cordova: { label: 'Cordova', glyph: 'Cv', tint: 'sea' },
  dart: { label: 'Dart', glyph: 'Da', tint: 'sky' },
  deno: { label: 'Deno', glyph: 'De', tint: 'moss' },
  dotnet: { label: '.NET', glyph: '.N', tint: 'sky' },
  electron: { label: 'Electron', glyph: 'El', tint: 'sea' },
  elixir: { label: 'Elixir', glyph: 'Ex', tint: 'rose' },
  flutter: { label: 'Flutter', glyph: 'Fl', tint: 'sky' },
  go: { label: 'Go', glyph: 'Go', tint: 'sea' },
  ionic: { label: 'Ionic', glyph: 'Io', tint: 'sky' },
  java: { label: 'Java', glyph: 'Ja', tint: 'clay' },
  javascript: { label: 'JavaScript', glyph: 'JS', tint: 'ochre' },
  kotlin: { label: 'Kotlin', glyph: 'Kt', tint: 'clay' },
  native: { label: 'Native', glyph: 'Na', tint: 'clay' },
  node: { label: 'Node.js', glyph: 'No', tint: 'moss' },
  perl: { label: 'Perl', glyph: 'Pl', tint: 'sky' },
  php: { label: 'PHP', glyph: 'PH', tint: 'sky' },
  powershell: { label: 'PowerShell', glyph: 'PS', tint: 'sky' },
  python: { label: 'Python', glyph: 'Py', tint: 'ochre' },
  'react-native': { label: 'React Native', glyph: 'RN', tint: 'sea' },
  ruby: { label: 'Ruby', glyph: 'Rb', tint: 'rose' },
  rust: { label: 'Rust', glyph: 'Rs', tint: 'clay' },
  unity: { label: 'Unity', glyph: 'Un', tint: 'moss' },
  unreal: { label: 'Unreal', glyph: 'UE', tint: 'rose' },
}

/** Spellings that capital letters alone do not give. */
const frameworks: Record<string, string> = {
  aspnetcore: 'ASP.NET Core',
  awslambda: 'AWS Lambda',
  cloudflare: 'Cloudflare',
  'cloudflare-workers': 'Cloudflare Workers',
  fastapi: 'FastAPI',
  ios: 'iOS',
  macos: 'macOS',
  nestjs: 'NestJS',
  nextjs: 'Next.js',
  nuxt: 'Nuxt',
  solidstart: 'SolidStart',
  'spring-boot': 'Spring Boot',
  sveltekit: 'SvelteKit',
  'tanstackstart-react': 'TanStack Start',
  wpf: 'WPF',
}

/** A readable name for Sentry's platform key: `javascript-nextjs` is Next.js of the JavaScript family. */
export function describePlatform(key: string | null): Platform {
  if (!key || key === 'other') return { label: 'Other', glyph: '··', tint: 'sea' }
  const familyKey = Object.keys(families).find((name) => key === name || key.startsWith(`${name}-`))
  const family = familyKey === undefined ? undefined : families[familyKey]
  if (!familyKey || !family) return { label: capitalise(key), glyph: capitalise(key).slice(0, 2), tint: 'sea' }
  const framework = key.slice(familyKey.length + 1)
  return framework ? { ...family, label: frameworks[framework] ?? capitalise(framework) } : family
}

function capitalise(key: string): string {
  return key
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ')
}
