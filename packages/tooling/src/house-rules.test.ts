import { execFile } from 'node:child_process'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { repositoryRoot } from './process.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'house-rules-'))
  await copyFile(join(repositoryRoot, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
})

afterEach(() => rm(folder, { recursive: true }))

/** The rules that fire, under the repository's own lint configuration, for a file of this text at this path. */
async function rulesBrokenBy(path: string, text: string): Promise<string[]> {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  const oxlint = join(repositoryRoot, 'node_modules/.bin/oxlint')
  const output = await new Promise<string>((resolve) => {
    execFile(oxlint, ['--format', 'json', path], { cwd: folder }, (_error, stdout) => resolve(stdout))
  })
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string }[] }
  return diagnostics.map(({ code }) => code)
}

const restrictedImport = 'eslint(no-restricted-imports)'
const restrictedGlobal = 'eslint(no-restricted-globals)'

const importing = (name: string) => `import * as it from '${name}'\nexport const used = it\n`

describe('who may import whom', () => {
  test.each([
    ['packages/sentry-oauth/src/token.ts', '@sentry-graph/sentry-api'],
    ['packages/sentry-api/src/page.ts', '@sentry-graph/schema'],
    ['packages/session-store/src/grants.ts', '@sentry-graph/sentry-oauth'],
    ['packages/sentry-sandbox/src/world.ts', '@sentry-graph/sentry-oauth'],
    ['packages/client/src/login.ts', '@sentry-graph/schema'],
    ['packages/client/src/login.ts', 'graphql'],
    ['packages/schema/src/types/viewer.ts', '@sentry-graph/session-store'],
    ['packages/schema/src/types/viewer.ts', 'graphql-yoga'],
    ['packages/schema/src/types/viewer.ts', 'node:sqlite'],
    ['packages/schema/src/types/viewer.ts', 'fastify'],
    ['packages/session-store/src/grants.ts', 'fastify'],
    ['packages/schema/src/types/viewer.ts', '../../../sentry-api/src/page.ts'],
    ['apps/gateway/src/auth/login.ts', '@sentry-graph/dashboard'],
    ['apps/gateway/src/main.mjs', 'fastify'],
    ['apps/gateway/src/graphql/cross-site-proof.ts', 'fastify'],
    ['packages/tooling/src/serve.ts', '@sentry-graph/gateway'],
    ['apps/dashboard/src/pages/home.tsx', '@sentry-graph/schema'],
    ['apps/dashboard/src/pages/home.tsx', '../../../gateway/src/app.ts'],
  ])('%s may not import %s', async (path, name) => {
    expect(await rulesBrokenBy(path, importing(name))).toContain(restrictedImport)
  })

  test.each([
    ['packages/schema/src/types/viewer.ts', '@sentry-graph/sentry-api'],
    ['apps/gateway/src/app.ts', 'fastify'],
    ['apps/gateway/src/auth/login.ts', 'fastify'],
    ['apps/gateway/src/graphql/route.ts', 'fastify'],
    ['packages/sentry-sandbox/src/server.ts', 'fastify'],
    ['packages/sentry-api/src/page.test.ts', '@sentry-graph/sentry-sandbox'],
    ['packages/client/src/cookie-jar.ts', 'node:fs/promises'],
  ])('%s may import %s', async (path, name) => {
    expect(await rulesBrokenBy(path, importing(name))).toEqual([])
  })
})

describe('upstream HTTP has two callers', () => {
  test.each([
    'packages/sentry-oauth/src/token.ts',
    'packages/schema/src/types/viewer.ts',
    'apps/gateway/src/auth/login.ts',
  ])('%s may not fetch', async (path) => {
    expect(await rulesBrokenBy(path, "export const answer = fetch('https://sentry.io')\n")).toContain(restrictedGlobal)
    expect(await rulesBrokenBy(path, importing('undici'))).toContain(restrictedImport)
    expect(await rulesBrokenBy(path, importing('node:https'))).toContain(restrictedImport)
  })

  test.each(['packages/sentry-oauth/src/request.ts', 'packages/sentry-api/src/request.ts'])('%s may', async (path) => {
    expect(await rulesBrokenBy(path, "export const answer = fetch('https://sentry.io')\n")).toEqual([])
    expect(await rulesBrokenBy(path, importing('undici'))).toEqual([])
  })
})

describe('the environment has one reader', () => {
  const reading = 'export const port = process.env.PORT\n'

  test('no other file may read it', async () => {
    expect(await rulesBrokenBy('apps/gateway/src/app.ts', reading)).toContain('node(no-process-env)')
    expect(await rulesBrokenBy('packages/schema/src/schema.ts', reading)).toContain('node(no-process-env)')
  })

  test('nor get at it by another name', async () => {
    const importing = "import { env } from 'node:process'\nexport const port = env.PORT\n"
    expect(await rulesBrokenBy('apps/gateway/src/auth/login.ts', importing)).toContain(restrictedImport)
    const byGlobal = 'export const port = globalThis.process.env.PORT\n'
    expect(await rulesBrokenBy('apps/gateway/src/auth/login.ts', byGlobal)).toContain(
      'eslint(no-restricted-properties)',
    )
  })

  test('config.ts may', async () => {
    expect(await rulesBrokenBy('apps/gateway/src/config.ts', reading)).toEqual([])
  })
})
