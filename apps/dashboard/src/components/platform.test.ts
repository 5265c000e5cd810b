// @vitest-environment node
import { expect, it } from 'vitest'
import { describePlatform } from './platform.ts'

it.each([
  ['javascript', 'JavaScript', 'JS'],
  ['javascript-nextjs', 'Next.js', 'JS'],
  ['python-django', 'Django', 'Py'],
  ['react-native', 'React Native', 'RN'],
  ['java-spring-boot', 'Spring Boot', 'Ja'],
  ['gopher', 'Gopher', 'Go'],
  ['other', 'Other', '··'],
])('calls %s %s', (key, label, glyph) => {
  expect(describePlatform(key)).toMatchObject({ label, glyph })
})

it.each([null, ''])('calls a missing platform (%j) Other', (key) => {
  expect(describePlatform(key).label).toBe('Other')
})
