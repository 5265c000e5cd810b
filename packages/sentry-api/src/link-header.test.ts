import { expect, test } from 'vitest'
import { readLinkHeader } from './link-header.ts'

const url = 'https://us.sentry.io/api/0/organizations/acme/projects/?per_page=2'

test('reads both cursors', () => {
  const header = `<${url}&cursor=0:0:1>; rel="previous"; results="true"; cursor="0:0:1", <${url}&cursor=0:4:0>; rel="next"; results="true"; cursor="0:4:0"`
  expect(readLinkHeader(header)).toEqual({ previous: '0:0:1', next: '0:4:0' })
})

test('takes results="false" for the end, although the relation is there', () => {
  const header = `<${url}>; rel="previous"; results="false"; cursor="0:0:1", <${url}>; rel="next"; results="false"; cursor="0:2:0"`
  expect(readLinkHeader(header)).toEqual({ previous: null, next: null })
})

test('is not misled by commas, semicolons and attributes inside a URL', () => {
  const hostile = `https://us.sentry.io/?query=a,b;%20rel="next";results="true";cursor="9:9:9"`
  const header = `<${hostile}>; rel="previous"; results="false"; cursor="0:0:1", <${hostile}>; rel="next"; results="true"; cursor="1:25:0"`
  expect(readLinkHeader(header)).toEqual({ previous: null, next: '1:25:0' })
})

test('passes a cursor on as it is', () => {
  const header = `<${url}>; results="true"; cursor="1700000000.123:0:0"; rel="next"`
  expect(readLinkHeader(header).next).toBe('1700000000.123:0:0')
})

test.each([
  [null],
  [''],
  ['garbage'],
  ['<'],
  ['<>;'],
  ['<x>; rel=next'],
  [', , ;;"'],
  ['<x>; rel="next"; results="true"'],
])('finds no cursors in %j', (header) => {
  expect(readLinkHeader(header)).toEqual({ previous: null, next: null })
})

test('reads a header made of opening brackets once, not once from each of them', () => {
  const long = `${'<'.repeat(200_000)}https://us.sentry.io/>; rel="next"; results="true"; cursor="0:1:0"`
  expect(readLinkHeader(long)).toEqual({ next: '0:1:0', previous: null })
})
