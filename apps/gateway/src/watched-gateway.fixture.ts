import { readdirSync, readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { readPostgresDatabase } from '@sentry-graph/session-store/testing'
import type { buildApp } from './app.ts'
import type { Config } from './config.ts'
import type { Dependencies } from './dependencies.ts'
import type { SecretScan } from './secret-scan.fixture.ts'

type App = Awaited<ReturnType<typeof buildApp>>

/** The same dependencies; the scan learns of every secret that Sentry issues to them and that they make. */
export function learnSecrets(dependencies: Dependencies, scan: SecretScan): Dependencies {
  const { oauth, store } = dependencies
  return {
    ...dependencies,
    oauth: {
      ...oauth,
      async createAuthorizationRequest() {
        const begun = await oauth.createAuthorizationRequest()
        scan.know('state', begun.state)
        scan.know('verifier', begun.codeVerifier)
        return begun
      },
      async exchangeCode(response, codeVerifier) {
        scan.know('code', response.parameters.get('code'))
        return learnTokens(await oauth.exchangeCode(response, codeVerifier))
      },
      refresh: async (refreshToken) => learnTokens(await oauth.refresh(refreshToken)),
    },
    store: {
      ...store,
      signIn: async (input) => learnSession(await store.signIn(input)),
      createClientSession: async (input) => learnSession(await store.createClientSession(input)),
    },
  }

  function learnTokens<T extends { accessToken: string; refreshToken: string | null }>(tokens: T): T {
    scan.know('access token', tokens.accessToken)
    scan.know('refresh token', tokens.refreshToken)
    return tokens
  }

  function learnSession<T extends { secret: string } | null>(made: T): T {
    scan.know('session secret', made?.secret)
    return made
  }
}

/** Shows the scan every answer of the app, whether it is asked by `inject` or over a connection. */
export function showAnswers(app: App, scan: SecretScan): void {
  const inject = app.inject.bind(app) as (...input: unknown[]) => Promise<{ headers: object; body: string }>
  const seeInjected = async (...input: unknown[]) => {
    const answer = await inject(...input)
    scan.see('an answer', `${JSON.stringify(answer.headers)}\n${answer.body}`)
    return answer
  }
  app.inject = seeInjected as unknown as App['inject']
  app.server.prependListener('request', (_request, response: ServerResponse) => showWritten(response, scan))
}

function showWritten(response: ServerResponse, scan: SecretScan): void {
  const written: Buffer[] = []
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) written.push(Buffer.from(chunk as string))
  }
  const [write, end] = [response.write.bind(response), response.end.bind(response)] as [
    (...input: unknown[]) => boolean,
    (...input: unknown[]) => ServerResponse,
  ]
  response.write = (...input: unknown[]) => {
    keep(input[0])
    return write(...input)
  }
  response.end = (...input: unknown[]) => {
    keep(input[0])
    return end(...input)
  }
  response.once('close', () =>
    scan.see('an answer', `${JSON.stringify(response.getHeaders())}\n${Buffer.concat(written).toString('latin1')}`),
  )
}

/** Shows the scan the files of SQLite byte by byte, or every row of PostgreSQL. */
export async function showDatabase({ storage }: Pick<Config, 'storage'>, dataDir: string, scan: SecretScan) {
  if ('url' in storage) return scan.see('the database', await readPostgresDatabase(storage.url))
  for (const name of readdirSync(dataDir)) {
    if (name.startsWith('sentry-graph.sqlite')) scan.see('the database', readFileSync(join(dataDir, name), 'latin1'))
  }
}
