import type { WorldEvent } from '../../world/event.ts'
import { fraction, hexDigits, integerBetween, pickOne } from '../../world/hash.ts'
import { formatSeconds } from '../../world/moment.ts'
import { findRuntime } from '../../world/platform.ts'
import { createFrames, createMinifiedFrames, type Frame } from '../../world/stack-trace.ts'

/** What an event shows, part by part. */
export function presentEntries(event: WorldEvent): { type: string; data: unknown }[] {
  const { issue, seed } = event
  const { eventType } = issue.kind
  if (eventType === 'csp') return [{ type: 'csp', data: presentViolation(event) }, presentRequest(event)]
  if (eventType === 'transaction') return [{ type: 'spans', data: presentSpans(event) }, presentRequest(event)]
  if (eventType === 'generic' || eventType === 'feedback' || eventType === 'metric') return []
  const isError = eventType === 'error'
  return [
    isError ? presentException(event) : presentMessage(event),
    ...(isError && ['java', 'native', 'cocoa', 'csharp'].includes(issue.platform) ? [presentThreads(event)] : []),
    ...(fraction(seed, 30) < 0.85 ? [presentBreadcrumbs(event)] : []),
    ...(findRuntime(issue.project.platform) === 'mobile' ? [] : [presentRequest(event)]),
    ...(['native', 'cocoa'].includes(issue.platform) ? [presentImages(event)] : []),
    // Sentry keeps adding types of entries.
    ...(issue.seed % 40 === 0 ? [{ type: 'hologram', data: { layers: 3 } }] : []),
  ]
}

function presentException(event: WorldEvent): { type: string; data: unknown } {
  const { issue } = event
  const { kind, type, value, seed } = issue
  const isMinified = issue.project.uses.minifiedStackTrace && issue.platform === 'javascript'
  const frames = isMinified && seed % 3 === 0 ? createMinifiedFrames(issue) : createFrames(issue)
  const raw = isMinified && seed % 3 !== 0 ? createMinifiedFrames(issue) : null
  const cause = issue.cause && {
    type: issue.cause.type,
    value: issue.cause.value,
    module: null,
    threadId: null,
    mechanism: { type: 'chained', handled: true, exception_id: 1, parent_id: 0, source: '__cause__' },
    stacktrace: presentStack(frames.slice(0, Math.max(1, frames.length - 2)), issue.platform),
    rawStacktrace: null,
  }
  const own = {
    type,
    value,
    module: kind.place?.module && seed % 4 === 0 ? kind.place.module : null,
    threadId: ['java', 'native', 'cocoa'].includes(issue.platform) ? 1 : null,
    mechanism: presentMechanism(event),
    stacktrace: frames.length === 0 ? null : presentStack(frames, issue.platform),
    rawStacktrace: raw === null ? null : presentStack(raw, issue.platform),
  }
  return {
    type: 'exception',
    data: {
      values: cause === null ? [own] : [cause, own],
      hasSystemFrames: frames.some(({ inApp }) => !inApp),
      excOmitted: null,
    },
  }
}

function presentMechanism({ issue: { kind, platform, seed } }: WorldEvent): object | null {
  if (seed % 25 === 0) return null
  const type = kind.isHandled
    ? 'generic'
    : ({
        javascript: 'onerror',
        node: 'onunhandledrejection',
        python: 'django',
        cocoa: 'mach',
        native: 'signalhandler',
      }[platform] ?? 'UncaughtExceptionHandler')
  const signal = { signal: { number: 11, code: 0, name: 'SIGSEGV', code_name: 'SEGV_NOOP' } }
  return {
    type,
    handled: kind.isHandled,
    ...(['cocoa', 'native'].includes(platform) ? { meta: signal } : {}),
    ...(kind.cause === undefined ? {} : { exception_id: 0 }),
  }
}

function presentStack(frames: readonly Frame[], platform: string): object {
  const isNative = ['native', 'cocoa'].includes(platform)
  return {
    frames: frames.map((frame) => presentFrame(frame, platform)),
    framesOmitted: null,
    registers: isNative ? { rip: frames.at(-1)?.instructionAddr ?? '0x0', rsp: '0x7ffd1f0a3c88' } : null,
    hasSystemFrames: frames.some(({ inApp }) => !inApp),
  }
}

function presentFrame(frame: Frame, platform: string): object {
  const isNative = frame.instructionAddr !== null
  return {
    ...frame,
    platform: isNative ? platform : null,
    rawFunction: null,
    symbol: isNative ? frame.function : null,
    trust: isNative ? 'cfi' : null,
    errors: null,
    lock: null,
    sourceLink: null,
  }
}

function presentMessage({ issue: { value } }: WorldEvent): { type: string; data: unknown } {
  return {
    type: 'message',
    data: { formatted: value, message: value.replace(/\d+/g, '%s'), params: value.match(/\d+/g) ?? [] },
  }
}

function presentThreads({ issue }: WorldEvent): { type: string; data: unknown } {
  const thread = { state: null, heldLocks: null, stacktrace: null, rawStacktrace: null }
  return {
    type: 'threads',
    data: {
      values: [
        { ...thread, id: 1, name: 'main', current: true, crashed: !issue.kind.isHandled },
        {
          ...thread,
          id: 7,
          name: null,
          current: false,
          crashed: false,
          stacktrace: presentStack(createFrames(issue).slice(0, 2), issue.platform),
        },
      ],
    },
  }
}

const crumbs = [
  {
    type: 'navigation',
    category: 'navigation',
    level: 'info',
    message: null,
    data: { from: '/cart', to: '/checkout' },
  },
  {
    type: 'http',
    category: 'fetch',
    level: 'info',
    message: null,
    data: { method: 'GET', url: '/api/quotes/', status_code: 200 },
  },
  {
    type: 'http',
    category: 'fetch',
    level: 'error',
    message: null,
    data: { method: 'POST', url: '/api/orders/', status_code: 503 },
  },
  { type: 'default', category: 'ui.click', level: 'info', message: 'button.submit', data: null },
  {
    type: 'debug',
    category: 'console',
    level: 'warning',
    message: 'price list is older than a day',
    data: { arguments: ['price list', 1], logger: 'console' },
  },
  { type: 'default', category: 'query', level: 'info', message: 'SELECT * FROM orders WHERE id = %s', data: {} },
] as const

function presentBreadcrumbs({ seed, moment }: WorldEvent): { type: string; data: unknown } {
  const count = integerBetween(seed, 31, 2, 9)
  const values = Array.from({ length: count }, (_, position) => ({
    timestamp: formatSeconds(moment - (count - position) * 2000),
    event_id: null,
    ...pickOne(seed, 32 + position, crumbs),
  }))
  return { type: 'breadcrumbs', data: { values } }
}

function presentRequest({ issue, seed, user }: WorldEvent): { type: string; data: unknown } {
  const isPost = fraction(seed, 45) < 0.4
  return {
    type: 'request',
    data: {
      method: seed % 50 === 0 ? null : isPost ? 'POST' : 'GET',
      url: `https://${issue.project.slug}.example/api/${pickOne(seed, 46, ['quotes', 'orders', 'track'])}/`,
      query: seed % 30 === 0 ? 'page=2' : [['page', String(integerBetween(seed, 47, 1, 9))]],
      fragment: null,
      data: isPost ? { reference: hexDigits(seed, 48, 6), card: '[Filtered]' } : null,
      headers: [
        ['Accept', 'application/json'],
        ['User-Agent', 'Mozilla/5.0 (X11; Linux x86_64)'],
        ['X-Forwarded-For', user?.ipAddress ?? '[ip]'],
      ],
      cookies: isPost ? [['session', '[Filtered]']] : [],
      env: issue.platform === 'python' ? { SERVER_NAME: issue.project.slug, SERVER_PORT: '8000' } : null,
      inferredContentType: isPost ? 'application/json' : null,
      apiTarget: null,
    },
  }
}

function presentViolation({ issue }: WorldEvent): object {
  return {
    document_uri: `https://${issue.project.slug}.example/`,
    effective_directive: issue.culprit,
    violated_directive: issue.culprit,
    original_policy: "default-src 'self'",
    blocked_uri: 'https://tags.partner.example',
    disposition: 'enforce',
    referrer: '',
    status_code: 200,
  }
}

function presentSpans({ issue, seed, moment }: WorldEvent): object[] {
  return Array.from({ length: 13 }, (_, position) => ({
    span_id: hexDigits(seed, 60 + position, 16),
    parent_span_id: hexDigits(seed, 60, 16),
    trace_id: hexDigits(seed, 59, 32),
    op: issue.kind.issueCategory === 'db_query' ? 'db' : 'http.client',
    description: issue.value,
    start_timestamp: moment / 1000 + position * 0.011,
    timestamp: moment / 1000 + position * 0.011 + 0.009,
    data: {},
    tags: {},
  }))
}

function presentImages({ issue, seed }: WorldEvent): { type: string; data: unknown } {
  return {
    type: 'debugmeta',
    data: {
      images: [
        {
          type: 'elf',
          code_file: `/opt/${issue.project.slug}/${issue.place?.module ?? 'main'}`,
          debug_id: hexDigits(issue.seed, 140, 32),
          image_addr: `0x7${hexDigits(seed, 141, 11)}`,
          image_size: 4_194_304,
          debug_status: 'found',
          unwind_status: 'found',
        },
        {
          type: 'elf',
          code_file: '/lib/libc.so.6',
          debug_id: null,
          image_addr: '0x7f0000000000',
          image_size: 2_097_152,
          debug_status: 'missing',
          unwind_status: 'missing',
        },
      ],
    },
  }
}
