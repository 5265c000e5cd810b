import { expect, test } from 'vitest'
import { searchList } from './search-text.ts'

test('values keep their meaning in Sentry’s search syntax', () => {
  expect(searchList(['web@1.0.0+build:7'])).toBe('web@1.0.0+build:7')
  expect(searchList(['1.0', '2.0 beta'])).toBe('[1.0,"2.0 beta"]')
  expect(searchList(['say "hi"'])).toBe(String.raw`"say \"hi\""`)
})

test('an asterisk stands for itself, and a backslash leaves no quote open', () => {
  expect(searchList(['1.*', 'C:\\'])).toBe(String.raw`["1.\*","C:\\"]`)
})
