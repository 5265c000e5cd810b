import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway
let port: number

beforeAll(async () => {
  gateway = await startGateway()
  port = Number(new URL(await gateway.app.listen({ host: '127.0.0.1', port: 0 })).port)
})

afterAll(() => gateway.close())

/** Writes bytes as they are and reads what comes back until the connection ends; the statuses of all answers. */
async function statusesOf(bytes: string): Promise<number[]> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  const answers = await text(socket)
  return [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status))
}

const hidden = 'GET /api/auth/hidden HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'
const start = 'POST /graphql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

test('a second request on one connection is answered when it is one', async () => {
  const body = '{"query":"{ __typename }"}'
  expect(await statusesOf(`${start}Content-Length: ${body.length}\r\n\r\n${body}${hidden}`)).toEqual([200, 404])
})

test.each([
  ['two lengths that differ', `${start}Content-Length: 0\r\nContent-Length: ${hidden.length}\r\n\r\n${hidden}`],
  ['two lengths that agree', `${start}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}${hidden}`],
  ['a list of lengths', `${start}Content-Length: 2, 2\r\n\r\n{}${hidden}`],
  ['a length with a sign', `${start}Content-Length: +2\r\n\r\n{}${hidden}`],
  ['a length in hexadecimal', `${start}Content-Length: 0x2\r\n\r\n{}${hidden}`],
  ['a length beyond every number', `${start}Content-Length: 99999999999999999999\r\n\r\n{}${hidden}`],
  ['length and chunks', `${start}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['chunks and length', `${start}Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n${hidden}`],
  ['chunks that are not the last encoding', `${start}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n${hidden}`],
  ['an encoding like chunks', `${start}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['an encoding hidden by a tab', `${start}Content-Length: 5\r\nTransfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n${hidden}`],
  ['a space before the colon', `${start}Content-Length : 2\r\n\r\n{}${hidden}`],
  ['a folded header', `${start}X: a\r\n Content-Length: 2\r\n\r\n{}${hidden}`],
  ['a header that ends in a line feed alone', `${start}X: a\nContent-Length: 2\r\n\r\n{}${hidden}`],
  ['a carriage return in a header', `${start}X: a\rContent-Length: 2\r\n\r\n{}${hidden}`],
  ['a NUL in a header', `${start}X: a\0b\r\nContent-Length: 2\r\n\r\n{}${hidden}`],
  ['a chunk of no size', `${start}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n${hidden}`],
  ['a chunk of more than every number', `${start}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}${hidden}`],
  ['a chunk that ends elsewhere', `${start}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n${hidden}`],
  ['two hosts', `GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n`],
  [
    'an address of another server',
    `GET http://evil.example/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  ],
  [
    'an address of another protocol',
    `GET ftp://localhost:3001/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  ],
  ['a tunnel', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n'],
  ['an asterisk', 'GET * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
  ['a space in the address', 'GET /healthz HTTP/1.1 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n'],
  ['an address without end', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`],
  ['a header without end', `GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`],
  ['headers without end', `GET /healthz HTTP/1.1\r\nHost: localhost\r\n${'X: y\r\n'.repeat(4000)}\r\n`],
  ['the version of another protocol', `GET /healthz HTTP/3.0\r\nHost: localhost\r\nConnection: close\r\n\r\n`],
  ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
])('%s: one refusal, and nothing hidden behind it runs', async (_, bytes) => {
  const before = gateway.log().length
  const statuses = await statusesOf(bytes)
  expect(statuses.length).toBeLessThanOrEqual(1)
  for (const status of statuses) expect([4, status]).toEqual([Math.floor(status / 100), status])
  expect(
    gateway
      .log()
      .slice(before)
      .filter(({ req }) => JSON.stringify(req ?? '').includes('hidden')),
  ).toEqual([])
})

test('an address of our own in absolute form is the address', async () => {
  const bytes = 'GET http://localhost:3001/healthz HTTP/1.1\r\nHost: localhost:3001\r\nConnection: close\r\n\r\n'
  expect(await statusesOf(bytes)).toEqual([200])
})
