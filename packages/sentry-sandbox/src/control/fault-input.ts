import { refusalNames } from '../api/refusals.ts'
import { brownouts, faultNames, fieldChanges, type Fault, type FaultMatch } from '../server/faults.ts'
import {
  ControlInputError,
  isAnything,
  isCount,
  isOneOf,
  isRecord,
  isText,
  isTextRecord,
  readShape,
  type Shape,
} from './control-input.ts'

const isStatus = (value: unknown) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599
const isMoment = (value: unknown) => isText(value) && !Number.isNaN(Date.parse(String(value)))

/** The shapes of faults, by the member that tells them apart. */
const faultShapes: Readonly<Record<string, Shape>> = {
  status: { required: { status: isStatus }, optional: { body: isAnything, headers: isTextRecord } },
  refusal: { required: { refusal: isOneOf(refusalNames) } },
  rateLimited: { required: { rateLimited: isCount } },
  redirect: { required: { redirect: isText } },
  hugeBytes: { required: { hugeBytes: isCount } },
  gzipBombBytes: { required: { gzipBombBytes: isCount } },
  delayMs: { required: { delayMs: isCount } },
  dripMs: { required: { dripMs: isCount } },
  field: { required: { field: isText, change: isOneOf(fieldChanges) } },
  deprecated: { required: { deprecated: isMoment }, optional: { replacement: isText, brownout: isOneOf(brownouts) } },
}

/** @throws {ControlInputError} for what is no fault. */
export function readFault(value: unknown): Fault {
  if (isOneOf(faultNames)(value)) return value as Fault
  const name = isRecord(value)
    ? Object.keys(faultShapes).find((candidate) => Object.hasOwn(value, candidate))
    : undefined
  const shape = name === undefined ? undefined : faultShapes[name]
  if (shape === undefined) {
    const names = [...faultNames.map((fault) => JSON.stringify(fault)), ...Object.keys(faultShapes)]
    throw new ControlInputError(`A fault is one of ${names.join(', ')}.`)
  }
  return readShape(value, shape) as unknown as Fault
}

/** Reads which requests a fault strikes: `path` is compared, `pattern` is a regular expression for the path. */
export function readFaultMatch(value: unknown): FaultMatch {
  const { pattern, ...match } = readShape(value, {
    optional: {
      host: isOneOf(['control', 'us', 'de']),
      method: isText,
      path: isText,
      pattern: isText,
      times: isCount,
    },
  })
  return typeof pattern === 'string' ? { ...match, path: readPattern(pattern) } : match
}

function readPattern(source: string): RegExp {
  try {
    return new RegExp(source)
  } catch (error) {
    throw new ControlInputError(`The pattern is no regular expression: ${source}`, { cause: error })
  }
}

/** A fault as JSON: the counterpart of reading one. */
export function presentFaultMatch({ path, ...match }: FaultMatch): object {
  if (path === undefined) return match
  return typeof path === 'string' ? { ...match, path } : { ...match, pattern: path.source.replaceAll('\\/', '/') }
}
