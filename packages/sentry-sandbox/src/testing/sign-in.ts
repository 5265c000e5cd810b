import { createHash } from 'node:crypto'
import type { Sandbox } from '../sandbox.ts'
import { openBrowser, readField, type Browser } from './browser.ts'

export const redirectUri = 'http://localhost:3001/api/auth/callback'
export const codeVerifier = 'a-code-verifier-of-at-least-forty-three-characters'
const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')

/** The path of a good authorization request; a change of `null` leaves a parameter out. */
export function authorizePath(sandbox: Sandbox, changes: Record<string, string | null> = {}): string {
  const parameters = {
    response_type: 'code',
    client_id: sandbox.application.clientId,
    redirect_uri: redirectUri,
    scope: 'org:read project:read',
    state: 'state-1',
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    ...changes,
  }
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== null)
  return `/oauth/authorize/?${new URLSearchParams(given).toString()}`
}

/** A browser in which the person with that beginning of an address is signed in. */
export async function openSignedInBrowser(sandbox: Sandbox, email: string): Promise<Browser> {
  const browser = openBrowser(sandbox.url)
  const page = await (await browser.get('/auth/choose/')).text()
  await browser.submit('/auth/login/', {
    csrfmiddlewaretoken: readField(page, 'csrfmiddlewaretoken'),
    person: findPerson(sandbox, email).id,
    next: '/',
  })
  return browser
}

export function findPerson(sandbox: Sandbox, email: string): Sandbox['people'][number] {
  const person = sandbox.people.find((candidate) => candidate.email.startsWith(email))
  if (person === undefined) throw new Error(`Nobody's address starts with ${email}`)
  return person
}

/** Opens the consent page and answers it; the redirect that follows. */
export async function answerConsent(browser: Browser, path: string, op: 'approve' | 'deny'): Promise<URL> {
  const page = await (await browser.get(path)).text()
  const answer = await browser.submit(path, { csrfmiddlewaretoken: readField(page, 'csrfmiddlewaretoken'), op })
  return readRedirect(answer)
}

export function readRedirect(response: Response): URL {
  const location = response.headers.get('location')
  if (location === null) throw new Error(`Status ${response.status} redirects nowhere`)
  return new URL(location)
}

/** Signs in, consents, and comes back with a code. */
export async function obtainCode(
  sandbox: Sandbox,
  email: string,
  changes: Record<string, string | null> = {},
): Promise<string> {
  const browser = await openSignedInBrowser(sandbox, email)
  const redirect = await answerConsent(browser, authorizePath(sandbox, { force_prompt: '1', ...changes }), 'approve')
  return redirect.searchParams.get('code') ?? ''
}

/** Sends a token request as the seeded application, which authenticates in the body. */
export function requestToken(
  sandbox: Sandbox,
  fields: Record<string, string>,
  init: RequestInit = {},
): Promise<Response> {
  const { clientId, clientSecret } = sandbox.application
  const body = new URLSearchParams({ client_id: clientId, client_secret: clientSecret, ...fields })
  return fetch(`${sandbox.url}/oauth/token/`, { method: 'POST', body, redirect: 'manual', ...init })
}
