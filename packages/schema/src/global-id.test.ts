import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeGlobalId, encodeGlobalId, encodePartId, type GlobalId } from './global-id.ts'

const project: GlobalId = { kind: 'Project', organizationId: '4507000000000001', id: '4507000000000101' }
const encode = (text: string) => Buffer.from(text).toString('base64url')

test.each<GlobalId>([
  project,
  { kind: 'Organization', organizationId: null, id: '1' },
  { kind: 'User', organizationId: '1', id: '2' },
  { kind: 'User', organizationId: null, id: '2' },
  { kind: 'Release', organizationId: '1', id: 'shop@2.3.0+17/a:b' },
  { kind: 'Release', organizationId: '1', id: '🦺'.repeat(125) },
])('comes back as it went: $kind', (globalId) => {
  expect(decodeGlobalId(encodeGlobalId(globalId))).toEqual(globalId)
})

test('tells projects of the same id in two organizations apart', () => {
  expect(encodeGlobalId(project)).not.toBe(encodeGlobalId({ ...project, organizationId: '2' }))
})

test.each([
  ['nothing', ''],
  ['Sentry’s own id', '4507000000000101'],
  ['a slug', 'web'],
  ['padding', `${encodeGlobalId(project)}==`],
  ['the other base64 alphabet', Buffer.from('1:Project:1:2').toString('base64')],
  ['another version', encode('2:Project:1:2')],
  ['an unknown kind', encode('1:Secret:1:2')],
  ['a kind from the prototype', encode('1:constructor:1:2')],
  ['a project of no organization', encode('1:Project::2')],
  ['an organization inside another', encode('1:Organization:1:2')],
  ['a release of no organization', encode('1:Release::1.0')],
  ['a release without a version', encode('1:Release:1:')],
  ['a version of two lines', encode('1:Release:1:1.0\n2.0')],
  ['what is no node', encodePartId('Deploy', '1', '2')],
  ['a search term in place of an id', encode('1:Project:1:2 id:3')],
  ['a path in place of an id', encode('1:Project:1/../2:3')],
  ['a line break at the end', encode('1:Project:1:2\n')],
  ['an endless text', 'A'.repeat(1_000_000)],
])('%s is refused', (_, text) => {
  expect(() => decodeGlobalId(text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
})

test('any text is refused; it never fails in another way', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
      expect(() => decodeGlobalId(text)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
    }),
  )
})
