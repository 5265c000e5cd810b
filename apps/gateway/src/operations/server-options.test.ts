import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startGateway, type TestGateway } from '../gateway.fixture.ts'

let gateway: TestGateway
let port: number

beforeAll(async () => {
  gateway = await startGateway()
  port = Number(new URL(await gateway.app.listen({ host: '127.0.0.1', port: 0 })).port)
})

afterAll(() => gateway.close())

/** Writes bytes as they are and reads what comes back until the connection ends. */
function exchange(bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

const statusOf = async (bytes: string) => Number((await exchange(bytes)).split(' ')[1])

const end = 'Host: localhost\r\nConnection: close\r\n\r\n'

describe('whatever is sent is answered without a 5xx', () => {
  test.each([
    ['a malformed address', `GET /% HTTP/1.1\r\n${end}`],
    ['a malformed address of the API', `GET /api/%c0%af HTTP/1.1\r\n${end}`],
    ['a malformed organization', `GET /o/%E0%A4%A HTTP/1.1\r\n${end}`],
    ['an organization without end', `GET /o/${'x'.repeat(4000)} HTTP/1.1\r\n${end}`],
    ['a malformed query', `GET /api/auth/callback?%=%&state=%E0 HTTP/1.1\r\nAccept: application/json\r\n${end}`],
    ['an invented method', `BREW /api/auth/me HTTP/1.1\r\n${end}`],
    ['TRACE', `TRACE /graphql HTTP/1.1\r\n${end}`],
    ['no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['no HTTP', 'hello\r\n\r\n'],
    ['headers beyond measure', `GET /healthz HTTP/1.1\r\nX: ${'x'.repeat(20_000)}\r\n${end}`],
    ['two lengths', `POST /graphql HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n${end}`],
    [
      'a length that is none',
      `POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: -1\r\n${end}`,
    ],
    [
      'an announced body beyond measure',
      `POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 99999999\r\n${end}`,
    ],
    ['a malformed content type', `POST /graphql HTTP/1.1\r\nContent-Type: ;;;\r\nContent-Length: 2\r\n${end}{}`],
    [
      'a body for the logout',
      `POST /api/auth/logout HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 1\r\n${end}{`,
    ],
  ])('%s', async (_, bytes) => {
    const status = await statusOf(bytes)
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
  })

  test('a malformed address is told as JSON, without being repeated', async () => {
    const answer = await exchange(`GET /%?code=secret HTTP/1.1\r\n${end}`)
    expect(answer).toContain('"error":"bad_request"')
    expect(answer).not.toContain('secret')
  })
})

test('waiting is bounded: for headers, for bodies, and on a connection that stays silent', () => {
  const { headersTimeout, requestTimeout, timeout } = gateway.app.server
  expect([headersTimeout, requestTimeout, timeout]).toEqual([14_000, 14_000, 24_000])
})
