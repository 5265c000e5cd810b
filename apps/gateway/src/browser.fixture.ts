import type { buildApp } from './app.ts'

type App = Awaited<ReturnType<typeof buildApp>>
type Answer = Pick<Awaited<ReturnType<App['inject']>>, 'statusCode' | 'headers' | 'cookies' | 'body' | 'json'>
type Headers = Record<string, string>

export interface BrowserRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE'
  url: string
  headers?: Headers
  payload?: string | object
}

const freshlyAsked: Headers = { 'graphql-require-preflight': '1', 'cache-control': 'no-cache' }
/** Sends one request to a gateway and follows no redirect. */
export type Ask = (request: BrowserRequest) => Promise<Answer>

/** Asks the gateway at this origin over a connection. */
export function askAt(origin: string): Ask {
  return async ({ method, url, headers = {}, payload }) => {
    const isObject = typeof payload === 'object'
    const response = await globalThis.fetch(`${origin}${url}`, {
      method,
      // fetch names the host itself.
      headers: { ...omitHost(headers), ...(isObject ? { 'content-type': 'application/json' } : {}) },
      redirect: 'manual',
      ...(payload === undefined ? {} : { body: isObject ? JSON.stringify(payload) : payload }),
    })
    const body = await response.text()
    return {
      statusCode: response.status,
      headers: Object.fromEntries(response.headers),
      cookies: response.headers.getSetCookie().map(readCookie),
      body,
      // As untyped as inject's own.
      json: () => JSON.parse(body),
    }
  }
}

function omitHost(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name !== 'host'))
}

function readCookie(line: string) {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  const [, maxAge] = /;\s*max-age=(\d+)/i.exec(line) ?? []
  return { name, value: decodeURIComponent(value), ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }) }
}

/** A browser as far as tests need one: it keeps cookies, and a person sits before it who clicks through Sentry's pages. */
export class Browser {
  /** Cookies of the gateway. */
  readonly cookies = new Map<string, string>()
  private readonly ask: Ask
  private readonly cookiesAtSentry = new Map<string, string>()

  constructor(ask: Ask) {
    this.ask = ask
  }

  get(path: string, headers: Headers = {}): Promise<Answer> {
    return this.send({ method: 'GET', url: path, headers })
  }

  getJson(path: string): Promise<Answer> {
    return this.get(path, { accept: 'application/json' })
  }

  post(path: string, headers: Headers = {}): Promise<Answer> {
    return this.send({ method: 'POST', url: path, headers })
  }

  /** Unless other headers are given, each request asks Sentry itself, whatever others ask at the same time. */
  graphql(query: string, headers: Headers = freshlyAsked): Promise<Answer> {
    return this.send({ method: 'POST', url: '/graphql', headers, payload: { query } })
  }

  async send(request: BrowserRequest): Promise<Answer> {
    const headers = { host: 'localhost:3001', ...this.cookieHeader(), ...request.headers }
    const response = await this.ask({ ...request, headers })
    for (const { name, value, maxAge } of response.cookies) {
      if (maxAge === 0) this.cookies.delete(name)
      else this.cookies.set(name, encodeURIComponent(value))
    }
    return response
  }

  cookieHeader(): Headers {
    const pairs = [...this.cookies].map(([name, value]) => `${name}=${value}`)
    return pairs.length === 0 ? {} : { cookie: pairs.join('; ') }
  }

  /** From the login route to the callback's answer. */
  async signIn(personId: string, returnTo?: string): Promise<Answer> {
    return this.get(await this.answerAtSentry(await this.begin(returnTo), personId))
  }

  /** The address at Sentry that the login route sends to. */
  async begin(returnTo?: string): Promise<string> {
    const query = returnTo === undefined ? '' : `?${new URLSearchParams({ return_to: returnTo })}`
    const response = await this.get(`/api/auth/login${query}`)
    return response.headers.location ?? ''
  }

  /** Chooses a person and answers the consent page; the callback's path and query. */
  async answerAtSentry(url: string, personId: string, op: 'approve' | 'deny' = 'approve'): Promise<string> {
    let response = await this.fetchAtSentry(url)
    for (let pages = 0; pages < 4 && !response.headers.has('location'); pages++) {
      response = await this.submit(response, personId, op)
      const next = new URL(response.headers.get('location') ?? '', response.url)
      if (next.origin === new URL(url).origin) response = await this.fetchAtSentry(next.href)
    }
    const { pathname, search } = new URL(response.headers.get('location') ?? '', url)
    return `${pathname}${search}`
  }

  private async submit(page: Response, person: string, op: string): Promise<Response> {
    const html = (await page.text()).replaceAll('&amp;', '&')
    const [, action = ''] = /<form method="post" action="([^"]*)"/.exec(html) ?? []
    const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
    const form = new URLSearchParams(fields.map(([, name = '', value = '']) => [name, value]))
    form.set('person', person)
    form.set('op', op)
    return this.fetchAtSentry(new URL(action, page.url).href, { method: 'POST', body: form })
  }

  private async fetchAtSentry(url: string, init: RequestInit = {}): Promise<Response> {
    const cookie = [...this.cookiesAtSentry].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await globalThis.fetch(url, { ...init, headers: { cookie }, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.cookiesAtSentry.set(name, value)
    }
    return response
  }
}
