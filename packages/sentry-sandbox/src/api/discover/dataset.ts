import { badRequest } from '../api-error.ts'

const datasets = [
  'discover',
  'errors',
  'transactions',
  'spans',
  'logs',
  'profile_functions',
  'tracemetrics',
  'uptime_results',
  'issuePlatform',
  'metrics',
  'metricsEnhanced',
] as const

/** What a query of events is about. */
export interface Dataset {
  name: string
  /** The sandbox keeps errors alone; the other datasets are there and empty. */
  hasErrors: boolean
}

/** @throws {ApiError} 400 for a dataset that Sentry does not have. */
export function readDataset(query: URLSearchParams): Dataset {
  const name = query.getAll('dataset').at(-1) ?? 'discover'
  if (!datasets.some((dataset) => dataset === name)) {
    throw badRequest(`dataset must be one of: ${datasets.join(', ')}`)
  }
  return { name, hasErrors: name === 'errors' || name === 'discover' }
}
