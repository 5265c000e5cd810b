import { fraction, hexDigits, integerBetween, mix, pickOne } from './hash.ts'
import type { Issue } from './issue.ts'

/** One call of a stack, as Sentry stores it. */
export interface Frame {
  filename: string | null
  absPath: string | null
  module: string | null
  package: string | null
  function: string | null
  instructionAddr: string | null
  symbolAddr: string | null
  lineNo: number | null
  colNo: number | null
  inApp: boolean
  /** Line numbers with their text. */
  context: [lineNo: number, text: string][]
  vars: Record<string, unknown> | null
}

/** File, function and module of a call of the platform's own code. */
type SystemCall = readonly [file: string, functionName: string, module: string]

const systemCalls: Readonly<Record<string, readonly SystemCall[]>> = {
  javascript: [
    ['webpack-internal:///node_modules/react-dom/client.js', 'invokeGuardedCallback', 'react-dom/client'],
    ['webpack-internal:///node_modules/react-dom/client.js', 'batchedUpdates', 'react-dom/client'],
    ['native', 'Array.map', ''],
  ],
  node: [
    ['node:internal/process/task_queues', 'process.processTicksAndRejections', 'internal.process'],
    ['/srv/app/node_modules/fastify/lib/handle-request.js', 'preHandlerCallback', 'fastify.lib'],
  ],
  python: [
    ['django/core/handlers/exception.py', 'inner', 'django.core.handlers.exception'],
    ['django/core/handlers/base.py', '_get_response', 'django.core.handlers.base'],
    ['celery/app/trace.py', 'trace_task', 'celery.app.trace'],
  ],
  java: [
    ['Thread.java', 'run', 'java.lang.Thread'],
    ['ThreadPoolExecutor.java', 'runWorker', 'java.util.concurrent.ThreadPoolExecutor'],
    ['DispatcherServlet.java', 'doDispatch', 'org.springframework.web.servlet.DispatcherServlet'],
  ],
  csharp: [
    ['ExceptionDispatchInfo.cs', 'Throw', 'System.Runtime.ExceptionServices.ExceptionDispatchInfo'],
    ['TaskAwaiter.cs', 'ThrowForNonSuccess', 'System.Runtime.CompilerServices.TaskAwaiter'],
  ],
  go: [
    ['runtime/panic.go', 'gopanic', 'runtime'],
    ['net/http/server.go', '(*conn).serve', 'net/http'],
  ],
  ruby: [
    ['gems/actionpack-8.1/lib/action_controller/metal/rescue.rb', 'process_action', 'ActionController'],
    ['gems/puma-7.0/lib/puma/thread_pool.rb', 'with_force_shutdown', 'Puma'],
  ],
  php: [
    [
      '/vendor/laravel/framework/src/Illuminate/Pipeline/Pipeline.php',
      'Illuminate\\Pipeline\\Pipeline::handle',
      'Illuminate\\Pipeline',
    ],
    ['/public/index.php', 'require_once', ''],
  ],
  native: [
    ['', '__libc_start_main', 'libc.so.6'],
    ['', 'start_thread', 'libpthread.so.0'],
  ],
  cocoa: [
    ['', 'UIApplicationMain', 'UIKitCore'],
    ['', '_dispatch_call_block_and_release', 'libdispatch.dylib'],
  ],
  elixir: [
    ['lib/gen_server.erl', ':gen_server.try_handle_call/4', 'gen_server'],
    ['lib/proc_lib.erl', ':proc_lib.init_p_do_apply/3', 'proc_lib'],
  ],
}
const otherCalls: readonly SystemCall[] = [['dart:async/zone.dart', '_rootRunUnary', 'dart:async']]
const callers = ['dispatch', 'process', 'apply', 'load', 'render', 'update', 'refresh', 'commit']

const commentMarks: Readonly<Record<string, string>> = { python: '#', ruby: '#', elixir: '#' }

/** The stack of an issue's exception, oldest call first; empty for those that come without one. */
export function createFrames(issue: Issue): Frame[] {
  const { place, seed, platform } = issue
  if (place === null || place.file === '') return []
  const system = (systemCalls[platform] ?? otherCalls).map((call, position) => createSystemFrame(issue, call, position))
  const own = Array.from({ length: integerBetween(seed, 50, 1, 4) }, (_, position) => {
    const name = pickOne(mix(seed, 51), position, callers)
    return createOwnFrame(issue, place.file, platform === 'native' ? `app::${name}` : name, position)
  })
  return [...system, ...own, createOwnFrame(issue, place.file, place.function, 9)]
}

/** What the browser ran: one line of minified code for every call. */
export function createMinifiedFrames(issue: Issue): Frame[] {
  const file = `https://${issue.project.slug}.example/assets/index-${hexDigits(issue.seed, 52, 8)}.js`
  return createFrames(issue).map((frame, position) => ({
    ...frame,
    filename: `/assets/index-${hexDigits(issue.seed, 52, 8)}.js`,
    absPath: file,
    module: null,
    function: position % 3 === 0 ? null : pickOne(issue.seed, 60 + position, ['t', 'e.default', 'Xi', 'n', '?']),
    lineNo: 2,
    colNo: integerBetween(issue.seed, 70 + position, 1_000, 240_000),
    context: [[2, '{snip} ;function Xi(e,t){return t.price()}var n=e=>e.map(t=>t.id) {snip}']],
    vars: null,
  }))
}

const isNative = (platform: string) => platform === 'native' || platform === 'cocoa'

function createSystemFrame(
  { seed, platform }: Issue,
  [file, functionName, module]: SystemCall,
  position: number,
): Frame {
  const address = isNative(platform) ? drawAddress(seed, 80 + position) : null
  return {
    filename: file === '' ? null : file.replace(/^.*node_modules\//, ''),
    absPath: file === '' ? null : file,
    module: module === '' || isNative(platform) ? null : module,
    package: isNative(platform) ? `/usr/lib/${module}` : null,
    function: functionName,
    instructionAddr: address,
    symbolAddr: address && `${address.slice(0, -2)}00`,
    lineNo: file === '' || file === 'native' ? null : integerBetween(seed, 90 + position, 20, 900),
    colNo: null,
    inApp: false,
    context: [],
    vars: null,
  }
}

function createOwnFrame(issue: Issue, file: string, functionName: string, position: number): Frame {
  const { seed, platform, place, project } = issue
  const lineNo = integerBetween(seed, 100 + position, 8, 400)
  const address = isNative(platform) ? drawAddress(seed, 110 + position) : null
  return {
    filename: file,
    absPath: file.startsWith('/') || file.includes(':') ? file : `/srv/${project.slug}/${file}`,
    module: isNative(platform) ? null : (place?.module ?? null),
    package: isNative(platform) ? `/opt/${project.slug}/${place?.module ?? ''}` : null,
    function: functionName,
    instructionAddr: address,
    symbolAddr: address && `${address.slice(0, -2)}00`,
    lineNo,
    colNo: ['javascript', 'node'].includes(platform) ? integerBetween(seed, 120 + position, 3, 60) : null,
    inApp: true,
    context: createContext(platform, functionName, lineNo),
    vars: ['python', 'php'].includes(platform) ? createVars(seed, position) : null,
  }
}

function createContext(platform: string, functionName: string, lineNo: number): [number, string][] {
  const mark = commentMarks[platform] ?? '//'
  const name = functionName.replace(/^.*[.:]/, '').replace(/\W/g, '')
  const end = mark === '#' ? '' : ';'
  const lines = [
    `    ${mark} The caller has checked the rest.`,
    `    first = items[0]${end}`,
    '',
    `    ${name}(first.total(), options)${end}`,
    `    log("done")${end}`,
    '',
    `    return first${end}`,
  ]
  return lines.map((text, position) => [lineNo - 3 + position, text])
}

/** Local variables are user data: any JSON, and what was filtered out. */
function createVars(seed: number, position: number): Record<string, unknown> {
  return {
    items: fraction(seed, 130 + position) < 0.5 ? [] : ['<Item 7>', '<Item 9>'],
    options: { dry_run: 'False', locale: "'de'", depth: { limit: '3', reached: { again: ['1', '2', null] } } },
    password: '[Filtered]',
    total: null,
  }
}

const drawAddress = (seed: number, purpose: number) => `0x7${hexDigits(seed, purpose, 11)}`
