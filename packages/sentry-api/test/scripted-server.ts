import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedRequest {
  method: string
  url: string
  accessToken: string | null
}

export interface ScriptedServer {
  url: string
  received: ReceivedRequest[]
  close(): Promise<void>
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => void

/** A server for tests that gives one scripted answer per request, the last one for all further requests. */
export async function startScriptedServer(...answers: [Answer, ...Answer[]]): Promise<ScriptedServer> {
  const received: ReceivedRequest[] = []
  const server = createServer((request, response) => {
    const answer = answers[Math.min(received.length, answers.length - 1)]
    received.push({
      method: request.method ?? '',
      url: request.url ?? '',
      accessToken: request.headers.authorization?.replace('Bearer ', '') ?? null,
    })
    answer?.(response, request)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    async close() {
      if (!server.listening) return
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
}

export function raw(status: number, body: string | Buffer, headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, headers).end(body)
}

export const resetConnection: Answer = (response) => response.socket?.resetAndDestroy()

export const silence: Answer = () => undefined
