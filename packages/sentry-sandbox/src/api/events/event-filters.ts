import type { WorldEvent } from '../../world/event.ts'
import { listTags, tagOf } from '../../world/event-tags.ts'
import { createTextTest, parseIssueQuery, type IssueFilter } from '../issues/issue-query.ts'

const fields: Readonly<Record<string, (event: WorldEvent) => string | null>> = {
  id: ({ id }) => id,
  title: ({ issue }) => issue.title,
  message: ({ issue }) => issue.value,
  'user.id': ({ user }) => user?.id ?? null,
  'user.email': ({ user }) => user?.email ?? null,
  'user.username': ({ user }) => user?.username ?? null,
  'user.ip': ({ user }) => user?.ipAddress ?? null,
  'error.type': ({ issue }) => issue.type,
  'error.value': ({ issue }) => issue.value,
  platform: ({ issue }) => issue.platform,
}

/**
 * The test of a search among the events of one issue: fields, tags and free text.
 *
 * @throws {ApiError} 400 for bad search syntax.
 */
export function createEventTest(query: string): (event: WorldEvent) => boolean {
  const { filters, text } = parseIssueQuery(query)
  const tests = filters.map(createTest)
  const wanted = text.toLowerCase()
  return (event) => tests.every((test) => test(event)) && (wanted === '' || says(event, wanted))
}

function createTest({ key, values, isNegated }: IssueFilter): (event: WorldEvent) => boolean {
  const name = key.replace(/^tags\[(.*)\]$/, '$1')
  const read = (Object.hasOwn(fields, key) ? fields[key] : undefined) ?? ((event: WorldEvent) => tagOf(event, name))
  const matches = createTextTest(values)
  if (key === 'has') return (event) => values.every((value) => (tagOf(event, value) ?? '') !== '') !== isNegated
  return (event) => {
    const value = read(event)
    return (value !== null && matches(value)) !== isNegated
  }
}

const says = (event: WorldEvent, wanted: string) =>
  event.issue.title.toLowerCase().includes(wanted) ||
  event.id === wanted ||
  listTags(event).some(([, value]) => value.toLowerCase().includes(wanted))
