import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startSandbox } from '@sentry-graph/sentry-sandbox'
import { answerParent, reportReady } from './processes/parent.ts'

// A Sentry whose answers cost nearly nothing: each is asked of the sandbox once and from then on given as bytes, so that
// what is measured is the server in front of it. It issues tokens to whoever asks and looks at none.

interface Answer {
  status: number
  headers: Record<string, string>
  body: Buffer
}

/** What a server in front of it is told. */
export interface UpstreamFacts {
  url: string
  regionUrls: string[]
  personId: string
}

const standstill = new Date('2026-11-24T10:00:00Z')
const kept = ['content-type', 'link', 'x-hits', 'x-max-hits']

// Sentry sends its limits with every answer; these never hold anybody up.
const sandbox = await startSandbox({
  port: 0,
  clock: () => standstill,
  rateLimit: { limit: 1_000_000, window: 60, concurrency: 1000 },
})
const person = sandbox.people.find(({ email }) => email.startsWith('mira'))
if (person === undefined) throw new Error('The sandbox has no Mira.')
const { accessToken } = sandbox.issueTokens(person.id)

const recorded = new Map<string, Answer>()
let calls = 0
let delayMs = 0
let isSealed = false

const originals = [sandbox.url, ...sandbox.regions.map(({ url }) => url)]
const servers = originals.map((original) =>
  createServer((request, response) => void serve(original, request, response)),
)
const origins = await Promise.all(servers.map(listen))

async function listen(server: Server): Promise<string> {
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function serve(original: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = request.url ?? '/'
  if (request.method === 'POST') return issueTokens(response)
  const key = original + path
  const answer = recorded.get(key) ?? (await record(key))
  calls += 1
  if (delayMs === 0) return send(response, answer)
  setTimeout(() => send(response, answer), delayMs)
}

function send(response: ServerResponse, { status, headers, body }: Answer): void {
  response.writeHead(status, headers).end(body)
}

async function record(url: string): Promise<Answer> {
  if (isSealed) return { status: 501, headers: {}, body: Buffer.from('') }
  const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })
  const body = Buffer.from(withOwnOrigins(await response.text()))
  const headers = Object.fromEntries(
    [...response.headers]
      .filter(([name]) => kept.includes(name) || name.startsWith('x-sentry-'))
      .map(([name, value]) => [name, withOwnOrigins(value)]),
  )
  const answer = { status: response.status, headers: { ...headers, 'content-length': String(body.length) }, body }
  recorded.set(url, answer)
  return answer
}

function withOwnOrigins(text: string): string {
  return originals.reduce((replaced, original, index) => replaced.replaceAll(original, origins[index] ?? ''), text)
}

function issueTokens(response: ServerResponse): void {
  const body = {
    access_token: randomBytes(32).toString('hex'),
    refresh_token: randomBytes(32).toString('hex'),
    token_type: 'bearer',
    expires_in: 2_592_000,
    scope: 'event:read member:read org:read project:read team:read',
    user: { id: person?.id, name: person?.name, email: person?.email },
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

answerParent({
  calls: () => calls,
  delay: (milliseconds: number) => (delayMs = milliseconds),
  /** From here on only what is known is answered. */
  seal: () => (isSealed = true),
})
const [url = '', ...regionUrls] = origins
reportReady({ url, regionUrls, personId: person.id } satisfies UpstreamFacts)
