import type { IssueKind } from '../issue-kind.ts'

const plain = { type: '', place: null, isHandled: true } as const

/** What an SDK sends as a message, without an exception. */
export const messages: readonly IssueKind[] = [
  {
    ...plain,
    eventType: 'default',
    issueType: 'error',
    issueCategory: 'error',
    level: 'warning',
    value: 'The {noun} queue is longer than {number}',
  },
  {
    ...plain,
    eventType: 'default',
    issueType: 'error',
    issueCategory: 'error',
    level: 'info',
    value: '{Noun} import finished with skipped rows',
  },
  {
    ...plain,
    eventType: 'default',
    issueType: 'error',
    issueCategory: 'error',
    level: 'error',
    value: 'Could not renew the lease of the {noun} worker',
  },
  {
    ...plain,
    eventType: 'default',
    issueType: 'error',
    issueCategory: 'error',
    level: 'debug',
    value: 'Retrying {noun} sync',
  },
  {
    ...plain,
    eventType: 'default',
    issueType: 'error',
    issueCategory: 'error',
    level: 'sample',
    value: '{Noun} trace sample',
  },
]

/** Violations of a content security policy, which only browsers report. */
export const policyViolations: readonly IssueKind[] = [
  {
    ...plain,
    eventType: 'csp',
    issueType: 'error',
    issueCategory: 'error',
    level: 'error',
    value: "Blocked 'script' from 'tags.{host}'",
  },
  {
    ...plain,
    eventType: 'csp',
    issueType: 'error',
    issueCategory: 'error',
    level: 'error',
    value: "Blocked 'style' from 'inline:'",
  },
]

/** What people wrote into a feedback form. */
export const feedback: readonly IssueKind[] = [
  {
    ...plain,
    eventType: 'feedback',
    issueType: 'feedback',
    issueCategory: 'feedback',
    level: 'info',
    value: 'I cannot change the {field} of my {noun}, the button does nothing.',
  },
  {
    ...plain,
    eventType: 'feedback',
    issueType: 'feedback',
    issueCategory: 'feedback',
    level: 'info',
    value: 'Love the new {noun} page, but please bring back the {field}!',
  },
  {
    ...plain,
    eventType: 'feedback',
    issueType: 'feedback',
    issueCategory: 'feedback',
    level: 'info',
    value: 'After paying I saw an empty page and no {noun}.',
  },
]

/** Slow things that a server does. */
export const serverPerformance: readonly IssueKind[] = [
  {
    ...plain,
    eventType: 'transaction',
    issueType: 'performance_n_plus_one_db_queries',
    issueCategory: 'db_query',
    level: 'info',
    type: 'N+1 Query',
    value: 'SELECT * FROM {noun}s WHERE {field} = %s',
    evidence: [
      ['Parent Span', 'http.server - /api/{noun}s/'],
      ['Repeating Spans (12)', 'db - SELECT * FROM {noun}s WHERE {field} = %s'],
    ],
  },
  {
    ...plain,
    eventType: 'transaction',
    issueType: 'performance_slow_db_query',
    issueCategory: 'db_query',
    level: 'info',
    type: 'Slow DB Query',
    value: 'SELECT count(*) FROM {noun}s JOIN {field}s USING (id)',
    evidence: [['Slow DB Query', 'SELECT count(*) FROM {noun}s JOIN {field}s USING (id)']],
  },
  {
    ...plain,
    eventType: 'generic',
    issueType: 'performance_p95_endpoint_regression',
    issueCategory: 'metric',
    level: 'info',
    type: 'Endpoint Regression',
    value: 'Increased from 212.4ms to 604.81ms (P95)',
    evidence: [['Regression', '/api/{noun}s/ duration increased from 212.4ms to 604.81ms (P95)']],
  },
  {
    ...plain,
    eventType: 'generic',
    issueType: 'monitor_check_in_failure',
    issueCategory: 'cron',
    level: 'error',
    type: 'Cron failure: {noun}-export',
    value: 'Your monitor is failing: a missed check-in was detected.',
    evidence: [
      ['Failure reason', '1 missed check-in detected'],
      ['Environment', 'production'],
    ],
  },
]

/** Slow things that a browser or a phone does. */
export const clientPerformance: readonly IssueKind[] = [
  {
    ...plain,
    eventType: 'transaction',
    issueType: 'performance_consecutive_http',
    issueCategory: 'http_client',
    level: 'info',
    type: 'Consecutive HTTP',
    value: '/{noun}s/:id',
    evidence: [['Offending Spans', 'http.client - GET https://{host}/{noun}s']],
  },
  {
    ...plain,
    eventType: 'transaction',
    issueType: 'performance_render_blocking_asset_span',
    issueCategory: 'frontend',
    level: 'info',
    type: 'Large Render Blocking Asset',
    value: 'resource.link - https://{host}/styles/{noun}.css',
    evidence: [['Slow Resource Span', 'resource.link - https://{host}/styles/{noun}.css']],
  },
  {
    ...plain,
    eventType: 'generic',
    issueType: 'replay_click_rage',
    issueCategory: 'frontend',
    level: 'error',
    type: 'Rage Click',
    value: 'button.{noun}-submit',
    evidence: [
      ['Clicked Element', 'button'],
      ['Selector Path', 'main > form.{noun} > button.{noun}-submit'],
    ],
  },
]
