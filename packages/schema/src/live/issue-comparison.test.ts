import type { Issue } from '@sentry-graph/sentry-api'
import { describe, expect, test } from 'vitest'
import { compareSights, type IssueSight, seeIssues } from './issue-comparison.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 12, minute))

function issue(id: string, seen: number, rest: Partial<Issue> = {}): Issue {
  return { id, firstSeen: at(0), lastSeen: at(seen), status: 'unresolved', count: 1, ...rest } as Issue
}

function see(minute: number, items: Issue[], next: string | null = null, before: IssueSight | null = null) {
  return seeIssues({ items, next, previous: null, hits: null, maxHits: null }, at(minute), before)
}

const changesOf = (...sights: [ReturnType<typeof see>, ReturnType<typeof see>]) =>
  compareSights(...sights).map(({ kind, issueId }) => [kind, issueId])

describe('of a filter that is seen whole', () => {
  test('what is new, changed, gone and the same is told apart', () => {
    const before = see(10, [issue('changed', 9), issue('same', 8), issue('gone', 7)])
    const after = see(11, [issue('new', 10), issue('changed', 9, { status: 'resolved' }), issue('same', 8)])
    expect(changesOf(before, after)).toEqual([
      ['appeared', 'new'],
      ['updated', 'changed'],
      ['gone', 'gone'],
    ])
  })

  test.each([
    { lastSeen: at(10) },
    { count: 2 },
    { userCount: 5 },
    { numComments: 1 },
    { substatus: 'escalating' },
    { priority: 'high' },
    { assignedTo: { type: 'user', id: '1', name: null, email: null } },
  ] as Partial<Issue>[])('%j is a change', (rest) => {
    expect(changesOf(see(10, [issue('a', 9)]), see(11, [issue('a', 9, rest)]))).toEqual([['updated', 'a']])
  })

  test('an old one that comes under the filter appears', () => {
    expect(changesOf(see(10, []), see(11, [issue('reopened', 3)]))).toEqual([['appeared', 'reopened']])
  })
})

describe('of a filter with more than is seen', () => {
  const before = see(10, [issue('a', 9), issue('b', 8), issue('c', 7)], 'next')

  test('one that newer ones push out of view is not gone', () => {
    const after = see(11, [issue('new', 10, { firstSeen: at(10) }), issue('a', 9), issue('b', 8)], 'next')
    expect(changesOf(before, after)).toEqual([['appeared', 'new']])
  })

  test('one that is missing among newer ones is gone', () => {
    const after = see(11, [issue('a', 9), issue('c', 7), issue('d', 6)], 'next')
    expect(changesOf(before, after)).toEqual([['gone', 'b']])
  })

  test('one that comes back unchanged appears', () => {
    const without = see(11, [issue('b', 8), issue('c', 7), issue('d', 6)], 'next', before)
    expect(changesOf(without, see(12, [issue('a', 9), issue('b', 8), issue('c', 7)], 'next'))).toEqual([
      ['appeared', 'a'],
    ])
  })

  test('one that comes into view with a new event is updated, one that only moves up is neither', () => {
    const after = see(11, [issue('old', 10), issue('a', 9), issue('d', 6)], 'next')
    expect(changesOf(before, after)).toEqual([
      ['updated', 'old'],
      ['gone', 'b'],
      ['gone', 'c'],
    ])
  })
})
