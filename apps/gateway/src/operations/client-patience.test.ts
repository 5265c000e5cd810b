import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readConfig } from '../config.ts'
import { clientPatience } from './client-patience.ts'
import { createLogger } from './logger.ts'
import { serverOptions } from './server-options.ts'

const config = readConfig({ SESSION_SECRET: 'a secret of more than thirty-two characters', LOG_LEVEL: 'silent' })
const short = { request: 300, silence: 600, inspectionInterval: 50 }

let app: FastifyInstance
let port: number
let sockets: Socket[]

async function serve(patience = short) {
  app = fastify(serverOptions(config, createLogger(config), patience))
  app.post('/echo', (request, reply) => reply.send(request.body))
  app.get('/large', (_request, reply) => reply.send('x'.repeat(64 * 1024 * 1024)))
  port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port)
}

beforeEach(() => {
  sockets = []
})

afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  await app.close()
})

function open(): Socket {
  const socket = connect(port, '127.0.0.1').resume()
  // Being cut is what these tests wait for, however the system words it.
  socket.on('error', () => socket.destroy())
  sockets.push(socket)
  return socket
}

const closed = (socket: Socket) => new Promise<'closed'>((resolve) => socket.once('close', () => resolve('closed')))

/** Keeps sending a byte at a time until the connection ends. */
function drip(socket: Socket, bytes: string): Socket {
  socket.write(bytes)
  const timer = setInterval(() => socket.writable && socket.write('x'), 20)
  socket.once('close', () => clearInterval(timer))
  return socket
}

const headers = 'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n'

const silent: [string, () => Socket] = ['says nothing', open]

const slow: (typeof silent)[] = [
  silent,
  ['sends its headers byte by byte', () => drip(open(), 'GET / HTTP/1.1\r\nX-Slow: ')],
  ['stops in the middle of its headers', () => openWith(headers)],
  ['sends its body byte by byte', () => drip(open(), `${headers}\r\n`)],
  ['never sends its body', () => openWith(`${headers}\r\n`)],
  [
    'begins a chunk and leaves it',
    () =>
      openWith(
        'POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{',
      ),
  ],
]

function openWith(bytes: string): Socket {
  const socket = open()
  socket.write(bytes)
  return socket
}

async function askHonestly(): Promise<number> {
  const answer = await fetch(`http://127.0.0.1:${port}/echo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: '{"honest":true}',
  })
  expect(await answer.json()).toEqual({ honest: true })
  return answer.status
}

describe('a client that', () => {
  test.each(slow)('%s is cut', async (_, begin) => {
    await serve()
    expect(await closed(begin())).toBe('closed')
  })

  test('asks for much and reads nothing is cut', async () => {
    await serve()
    const cut = new Promise((resolve) => app.server.once('connection', (socket) => resolve(closed(socket))))
    openWith('GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n').pause()
    expect(await cut).toBe('closed')
  })

  test.each(slow)('%s stays where nobody looks at connections', async (_, begin) => {
    await serve({ request: 0, silence: 0, inspectionInterval: 50 })
    const cut = closed(begin())
    // As many honest requests as a slow client of the other tests would not survive.
    for (let turn = 0; turn < 20; turn++) await askHonestly()
    expect(await Promise.race([cut, Promise.resolve('open')])).toBe('open')
  })
})

test('honest clients are served while a flood of half-open connections waits to be cut', async () => {
  await serve()
  const flood = Array.from({ length: 300 }, (_, index) => closed((slow[index % slow.length] ?? silent)[1]()))
  for (let turn = 0; turn < 5; turn++) expect(await askHonestly()).toBe(200)
  await Promise.all(flood)
  expect(await askHonestly()).toBe(200)
})

test('what a cut client gets to read is a 408, and nothing about us', async () => {
  await serve()
  const answer = await text(openWith('GET / HTTP/1.1\r\nX: ').pause())
  expect(answer).toMatch(/^HTTP\/1\.1 408 /)
  expect(answer).not.toMatch(/server:|x-powered-by|fastify|node/i)
})

test('outside of tests the slowest request is cut within fifteen seconds', () => {
  const { request, silence, inspectionInterval } = clientPatience(config)
  expect(request + inspectionInterval).toBeLessThanOrEqual(15_000)
  expect(silence).toBe(request + config.upstream.timeout)
})
