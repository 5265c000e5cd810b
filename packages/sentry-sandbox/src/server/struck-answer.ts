import { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { changeField } from './changed-field.ts'
import { deprecate } from './deprecation.ts'
import type { Fault } from './faults.ts'

const dripSize = 16

/** Lets a fault strike the finished answer; the payload that leaves in its place. */
export async function strikeAnswer(
  fault: Fault,
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  now: Date,
): Promise<unknown> {
  if (fault === 'lost') {
    request.raw.socket.resetAndDestroy()
    return payload
  }
  if (fault === 'truncate') return truncate(reply, readPayload(payload))
  if (typeof fault === 'string') return payload
  if ('delayMs' in fault) await pause(fault.delayMs, undefined, { ref: false })
  if ('dripMs' in fault) return drip(reply, readPayload(payload), fault.dripMs)
  if ('field' in fault) return replaceBody(reply, changeField(readPayload(payload), fault))
  if ('deprecated' in fault) return deprecate(reply, payload, fault, now)
  return payload
}

/** Whatever the sandbox sends is text; an answer without a body is empty text. */
function readPayload(payload: unknown): string {
  return typeof payload === 'string' ? payload : ''
}

function replaceBody(reply: FastifyReply, text: string): string {
  reply.removeHeader('content-length')
  return text
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
