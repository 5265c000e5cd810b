import type { Event, Frame } from '@sentry-graph/sentry-api'
import { expect, test } from 'vitest'
import { stackTraceText } from './stack-trace-text.ts'

const frame = (name: string, lineNo: number, inApp: boolean): Frame => ({
  function: name,
  module: null,
  filename: 'shop.js',
  absPath: null,
  package: null,
  lineNo,
  colNo: null,
  inApp,
  context: [],
  sourceLink: null,
  vars: null,
})

const trace = (...frames: Frame[]) => ({ frames, hasSystemFrames: null, framesOmitted: null })

const exception = (type: string, ...frames: Frame[]): Event['exceptions'][number] => ({
  type,
  value: 'gone',
  module: null,
  mechanism: null,
  stacktrace: trace(...frames),
})

const event = (parts: Partial<Event>) => ({ exceptions: [], stackTrace: null, ...parts }) as unknown as Event
const chained = event({
  exceptions: [
    exception('Cause', frame('read', 7, false)),
    exception('Error', frame('main', 1, true), frame('pay', 9, true), frame('send', 4, false)),
  ],
})

test('begins where it was thrown, the cause comes last', () => {
  expect(stackTraceText(chained, { newestFirst: true, inAppOnly: false })).toBe(
    'Error: gone\n  at send (shop.js:4)\n  at pay (shop.js:9)\n  at main (shop.js:1)\n\nCause: gone\n  at read (shop.js:7)',
  )
})

test('turned around, and without the frames of others', () => {
  expect(stackTraceText(chained, { newestFirst: false, inAppOnly: true })).toBe(
    'Cause: gone\n\nError: gone\n  at main (shop.js:1)\n  at pay (shop.js:9)',
  )
})

test('of an event without exceptions is its own stack trace, else nothing', () => {
  const options = { newestFirst: true, inAppOnly: false }
  expect(stackTraceText(event({ stackTrace: trace(frame('pay', 9, true)) }), options)).toBe('  at pay (shop.js:9)')
  expect(stackTraceText(event({}), options)).toBeNull()
})
