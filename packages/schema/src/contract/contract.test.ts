import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildSchema } from 'graphql'
import { describe, expect, test } from 'vitest'
import { schema } from '../schema.ts'
import { printChangeList } from './change-list.ts'
import { findChanges } from './changes.ts'
import { PROMISE_FILE } from './contract-files.ts'
import { earliestRemoval, readPromise, writePromise } from './promise.ts'

const today = '2026-06-01'
const changesOf = (promised: string, present: string, on = today) =>
  findChanges(readPromise(writePromise(promised, '2026-01-01')), buildSchema(present), on)

const repository = fileURLToPath(new URL('../../../../', import.meta.url))

describe('a change of the contract', () => {
  test('that takes away what was promised breaks it', () => {
    const { breaking } = changesOf('type Query { a: Int b(c: Int): Int }', 'type Query { b(c: Int!): Int }')
    expect(breaking).toEqual([expect.stringContaining('Query.b(c:)'), expect.stringContaining('Query.a')])
  })

  test('that makes null possible breaks it, and that rules it out does not', () => {
    expect(changesOf('type Query { a: Int! }', 'type Query { a: Int }').breaking).toHaveLength(1)
    expect(changesOf('type Query { a: Int }', 'type Query { a: Int! }').breaking).toEqual([])
  })

  test('that only adds is told, as what is new or as what may surprise', () => {
    const { breaking, added, surprising } = changesOf(
      'type Query { a(b: B): Int } enum B { C }',
      'type Query { a(b: B, d: Int): Int e: Int } enum B { C F }',
    )
    expect(breaking).toEqual([])
    expect(added).toEqual([expect.stringContaining('Query.a(d:)'), expect.stringContaining('Query.e')])
    expect(surprising).toEqual([expect.stringContaining('B.F')])
  })
})

const deprecating = (day: string) =>
  changesOf(
    'type Query { a(b: Int): Int }',
    `type Query { a(b: Int @deprecated(reason: "Removed after ${day}. Use c.")): Int }`,
  )

describe('a deprecation', () => {
  const old =
    'type Query { a: Int b: Old @deprecated(reason: "Slow. Removed after 2026-05-31. Use a.") } type Old { c: Int }'
  const withoutOld = 'type Query { a: Int }'

  test('that was promised lets its element go when it has had its time, with the types it alone led to', () => {
    expect(changesOf(old, withoutOld, '2026-06-01').breaking).toEqual([])
  })

  test('lets nothing go on its last day', () => {
    expect(changesOf(old, withoutOld, '2026-05-31').breaking).toHaveLength(2)
  })

  test('lets nothing go but its element', () => {
    expect(changesOf(old, 'type Query { z: Int }').breaking).toEqual([expect.stringContaining('Query.a')])
  })

  test('without a date lets nothing go', () => {
    expect(changesOf('type Query { a: Int b: Int @deprecated(reason: "Use a.") }', withoutOld).breaking).toHaveLength(1)
  })

  test('that is new is told with its reason, and is hurried with less than 90 days of notice', () => {
    expect(earliestRemoval('2026-01-01')).toBe('2026-04-01')
    expect(deprecating('2026-04-01')).toMatchObject({
      deprecated: ['Query.a.b: Removed after 2026-04-01. Use c.'],
      hurried: [],
    })
    expect(deprecating('2026-03-31')).toMatchObject({ hurried: ['Query.a.b'] })
  })
})

test('a promise that does not say since when it holds is none', () => {
  expect(() => readPromise('type Query { a: Int }')).toThrow('# Promised since')
})

test('the list of changes has a section for each kind that occurs', () => {
  const changes = { breaking: [], surprising: ['B'], added: ['A', 'C'], deprecated: [], hurried: [] }
  expect(printChangeList(changes, '2026-01-01')).toBe(
    '# Changes of the schema since 2026-01-01\n\n## May surprise\n\n- B\n\n## New\n\n- A\n- C\n',
  )
  const none = { ...changes, surprising: [], added: [] }
  expect(printChangeList(none, '2026-01-01')).toContain('Nothing.')
})

describe('the graph', () => {
  const promise = readPromise(readFileSync(`${repository}${PROMISE_FILE}`, 'utf8'))
  const now = new Date().toISOString().slice(0, 10)

  test('keeps every promise that still stands', () => {
    expect(findChanges(promise, schema, now).breaking).toEqual([])
  })

  test('gives notice of what goes', () => {
    expect(findChanges(promise, schema, now).hurried).toEqual([])
  })

  test('tells its changes in the changelog’s section of the schema', () => {
    const changelog = readFileSync(`${repository}CHANGELOG.md`, 'utf8')
    expect(changelog).toMatch(/^## Unreleased$.*?^### Schema$.*?\(docs\/schema\/changes\.md\)/ms)
  })
})
