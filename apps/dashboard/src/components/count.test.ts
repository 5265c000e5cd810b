// @vitest-environment node
import { expect, it } from 'vitest'
import { countNoun, countText } from './count.ts'

const complete = { totalCount: null, totalCountIsCapped: false, pageInfo: { hasNextPage: false } }

it('counts what is loaded when that is all', () => {
  expect(countText(complete, 5)).toBe('5')
  expect(countText(complete, 0)).toBe('0')
})

it('says that there is more than what is loaded', () => {
  expect(countText({ ...complete, pageInfo: { hasNextPage: true } }, 25)).toBe('25+')
})

it('trusts a total of Sentry, and says when Sentry stopped counting', () => {
  expect(countText({ ...complete, totalCount: 1203 }, 25)).toBe('1,203')
  expect(countText({ ...complete, totalCount: '1000', totalCountIsCapped: true }, 25)).toBe('1,000+')
})

it('uses the singular for exactly one', () => {
  expect(countNoun('1', 'project')).toBe('1 project')
  expect(countNoun('1+', 'project')).toBe('1+ projects')
  expect(countNoun('0', 'project')).toBe('0 projects')
})
