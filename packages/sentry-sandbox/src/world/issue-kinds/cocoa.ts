import { defineErrors } from './define-errors.ts'

export const cocoaErrors = defineErrors([
  [
    'EXC_BREAKPOINT',
    'Fatal error: Unexpectedly found nil while unwrapping an Optional value',
    '{Noun}ViewController.swift',
    '{Noun}ViewController.viewDidLoad()',
    'DriverApp',
    { level: 'fatal' },
  ],
  [
    'EXC_BAD_ACCESS',
    'KERN_INVALID_ADDRESS at 0x0000000000000010.',
    '{Noun}Cache.swift',
    '{Noun}Cache.evict(_:)',
    'DriverApp',
    { level: 'fatal' },
  ],
  [
    'NSInvalidArgumentException',
    '-[NSNull length]: unrecognized selector sent to instance 0x1e1d3a8b0',
    '{Noun}Cell.m',
    '-[{Noun}Cell configure:]',
    'DriverApp',
  ],
  [
    'App Hanging',
    'App hanging for at least 2000 ms.',
    '{Noun}Map.swift',
    '{Noun}Map.redraw()',
    'DriverApp',
    { level: 'warning', isHandled: true },
  ],
  [
    'NSURLErrorDomain',
    'The request timed out. (Code: -1001)',
    '{Noun}API.swift',
    '{Noun}API.fetch()',
    'DriverApp',
    { isHandled: true, level: 'warning' },
  ],
  [
    'WatchdogTermination',
    'The OS watchdog terminated your app, possibly because it overused RAM.',
    '',
    '',
    '',
    { level: 'fatal' },
  ],
])
