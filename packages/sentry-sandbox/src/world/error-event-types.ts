/** Types of events that count as errors. */
export const errorEventTypes: ReadonlySet<string> = new Set(['error', 'default', 'csp'])
