import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Fault } from './faults.ts'
import { pathOf } from './request-target.ts'
import type { HostName, SandboxContext } from './sandbox-context.ts'

const pageInsteadOfJson = '<!doctype html><title>One moment</title><p>Checking your browser before you proceed.</p>'
const dripSize = 16

/** Lets the faults strike: some before the work (the edge fails), some on the finished answer (the way back fails). */
export function addFaultHooks(app: FastifyInstance, host: HostName, { faults }: Pick<SandboxContext, 'faults'>): void {
  const struck = new WeakMap<FastifyRequest, Fault>()

  app.addHook('onRequest', async (request, reply) => {
    const fault = faults.take({ host, method: request.method, path: pathOf(request) })
    if (fault === null) return undefined
    struck.set(request, fault)
    return strikeBeforeWork(fault, request, reply)
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const fault = struck.get(request)
    return fault === undefined ? payload : strikeAnswer(fault, request, reply, payload)
  })
}

function strikeBeforeWork(fault: Fault, request: FastifyRequest, reply: FastifyReply): FastifyReply | undefined {
  if (fault === 'reset') {
    request.raw.socket.resetAndDestroy()
    return reply.hijack()
  }
  if (fault === 'silence') return reply.hijack()
  if (fault === 'html') return reply.type('text/html; charset=utf-8').send(pageInsteadOfJson)
  if (typeof fault === 'string') return undefined
  if ('redirect' in fault) return reply.redirect(fault.redirect, 302)
  if ('status' in fault) return sendStatus(reply, fault)
  return undefined
}

function sendStatus(
  reply: FastifyReply,
  fault: { status: number; body?: unknown; headers?: Record<string, string> },
): FastifyReply {
  const { status, body = '', headers = {} } = fault
  const type = typeof body === 'string' ? 'text/html; charset=utf-8' : 'application/json'
  return reply
    .code(status)
    .type(type)
    .headers(headers)
    .send(typeof body === 'string' ? body : JSON.stringify(body))
}

async function strikeAnswer(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> {
  if (fault === 'lost') {
    request.raw.socket.resetAndDestroy()
    return payload
  }
  if (fault === 'truncate') return truncate(reply, readPayload(payload))
  if (typeof fault === 'object' && 'delayMs' in fault) await pause(fault.delayMs, undefined, { ref: false })
  if (typeof fault === 'object' && 'dripMs' in fault) return drip(reply, readPayload(payload), fault.dripMs)
  return payload
}

/** Whatever the sandbox sends is text; an answer without a body is empty text. */
function readPayload(payload: unknown): string {
  return typeof payload === 'string' ? payload : ''
}

/** Promises the whole answer by its length, sends half, and cuts the connection. */
function truncate(reply: FastifyReply, text: string): Readable {
  const bytes = Buffer.from(text)
  reply.header('content-length', bytes.length)
  return Readable.from(cutInHalf(bytes, reply))
}

async function* cutInHalf(bytes: Buffer, reply: FastifyReply): AsyncGenerator<Buffer> {
  yield bytes.subarray(0, Math.floor(bytes.length / 2))
  // Cutting at once could discard the half that is still in the socket's buffer.
  await pause(20, undefined, { ref: false })
  reply.raw.destroy()
}

function drip(reply: FastifyReply, text: string, dripMs: number): Readable {
  const bytes = Buffer.from(text)
  reply.removeHeader('content-length')
  return Readable.from(dripBytes(bytes, dripMs))
}

async function* dripBytes(bytes: Buffer, dripMs: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += dripSize) {
    yield bytes.subarray(start, start + dripSize)
    await pause(dripMs, undefined, { ref: false })
  }
}
