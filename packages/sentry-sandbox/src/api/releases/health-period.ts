import { badRequest } from '../api-error.ts'
import { parsePeriod } from '../parameters/period.ts'

const periods = ['1h', '24h', '1d', '48h', '2d', '7d', '14d', '30d', '90d']

/** Over how long the health of releases is measured: in sum, and in the series. Seconds. */
export interface HealthPeriods {
  summary: number
  series: number
  seriesName: string
}

/** @throws {ApiError} 400 for a period that is none of Sentry's. */
export function readHealthPeriods(query: URLSearchParams): HealthPeriods {
  const seriesName = readPeriod(query, 'healthStatsPeriod', '24h')
  const summary = readPeriod(query, 'summaryStatsPeriod', '14d')
  return { summary: parsePeriod(summary) ?? 0, series: parsePeriod(seriesName) ?? 0, seriesName }
}

function readPeriod(query: URLSearchParams, name: string, otherwise: string): string {
  const text = query.getAll(name).at(-1) ?? ''
  if (text === '') return otherwise
  if (!periods.includes(text)) throw badRequest(`Invalid ${name}. Valid choices are ${periods.join(', ')}`)
  return text
}
