import type { IssueKind } from '../issue-kind.ts'
import { findEventPlatform, findRuntime } from '../platform.ts'
import * as beyondErrors from './beyond-errors.ts'
import { browserErrors } from './browser.ts'
import { cocoaErrors } from './cocoa.ts'
import { dotnetErrors } from './dotnet.ts'
import { elixirErrors } from './elixir.ts'
import { goErrors } from './go.ts'
import { androidErrors, javaErrors } from './jvm.ts'
import { nativeErrors, rustErrors } from './native.ts'
import { nodeErrors } from './node.ts'
import { otherErrors } from './other.ts'
import { phpErrors } from './php.ts'
import { pythonErrors } from './python.ts'
import { rubyErrors } from './ruby.ts'

const errorsByPlatform: Readonly<Record<string, readonly IssueKind[]>> = {
  javascript: browserErrors,
  node: nodeErrors,
  python: pythonErrors,
  java: javaErrors,
  csharp: dotnetErrors,
  go: goErrors,
  ruby: rubyErrors,
  php: phpErrors,
  native: nativeErrors,
  cocoa: cocoaErrors,
  elixir: elixirErrors,
}

/** Kinds of issues with how often they occur: what can go wrong in a project of that platform. */
export function chooseKinds(
  platform: string | null,
): readonly (readonly [weight: number, kinds: readonly IssueKind[]])[] {
  const runtime = findRuntime(platform)
  const isServer = runtime === 'server'
  return [
    [80, chooseErrors(platform ?? '')],
    [7, beyondErrors.messages],
    [runtime === 'browser' ? 3 : 0, beyondErrors.policyViolations],
    [isServer ? 0 : 3, beyondErrors.feedback],
    [7, isServer ? beyondErrors.serverPerformance : beyondErrors.clientPerformance],
  ]
}

function chooseErrors(platform: string): readonly IssueKind[] {
  if (platform.startsWith('android')) return androidErrors
  if (platform.startsWith('rust')) return rustErrors
  return errorsByPlatform[findEventPlatform(platform) ?? ''] ?? otherErrors
}
