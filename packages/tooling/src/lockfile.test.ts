import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findInstallScripts } from './installed-packages.ts'
import { findAddresses, findTooOld, findUnpinned, readBuildDecisions, readLockedPackages } from './lockfile.ts'
import { repositoryRoot } from './process.ts'
import { versionFloors } from './version-floors.ts'

const lockfile = readFileSync(join(repositoryRoot, 'pnpm-lock.yaml'), 'utf8')
const workspace = readFileSync(join(repositoryRoot, 'pnpm-workspace.yaml'), 'utf8')
const locked = readLockedPackages(lockfile)
const versionsOf = (wanted: string) => locked.filter(({ name }) => name === wanted).map(({ version }) => version)

const integrity = `sha512-${'A'.repeat(86)}==`

/** A lock file with one package in it. */
const locking = (key: string, resolution: string) =>
  `lockfileVersion: '9.0'\npackages:\n  '${key}':\n    resolution: ${resolution}\n`

describe('versions', () => {
  test.each([
    ['fastify@5.11.0', 'fastify'],
    ['undici@7.23.0', 'undici'],
    ['@fastify/secure-session@7.2.0', '@fastify/secure-session'],
    ['next-auth@4.24.14', 'next-auth'],
  ])('as old as %s are found', (key, name) => {
    const packages = readLockedPackages(locking(key, `{integrity: ${integrity}}`))
    expect(findTooOld(packages, versionFloors)).toEqual([expect.objectContaining({ name })])
  })

  test('of what is locked are all recent enough', () => {
    expect(locked.length).toBeGreaterThan(400)
    expect(findTooOld(locked, versionFloors)).toEqual([])
    for (const name of ['fastify', 'undici', '@fastify/secure-session']) expect(versionsOf(name)).toHaveLength(1)
  })

  test('of graphql are one: with two, instanceof fails and protections switch themselves off', () => {
    expect(versionsOf('graphql')).toHaveLength(1)
  })
})

describe('contents', () => {
  test.each([
    '{}',
    '{integrity: sha1-AAAA}',
    `{integrity: sha512-AAAA}`,
    `{tarball: https://registry.example/a.tgz}`,
    `{directory: ../elsewhere, type: directory}`,
  ])('pinned by %s are found', (resolution) => {
    expect(findUnpinned(readLockedPackages(locking('a@1.0.0', resolution)))).toHaveLength(1)
  })

  test('of what is locked are all pinned', () => {
    expect(findUnpinned(locked)).toEqual([])
  })
})

describe('places to download from', () => {
  test.each([
    `{integrity: ${integrity}, tarball: https://registry.example/a.tgz}`,
    `{tarball: file:a.tgz}`,
    `{commit: 0123abc, repo: 'git+ssh://git@example.com/a.git', type: git}`,
    `{directory: ../elsewhere, type: directory}`,
  ])('as in %s are found', (resolution) => {
    expect(findAddresses(locking('a@1.0.0', resolution))).toHaveLength(1)
  })

  test('are not in the lock file', () => {
    expect(findAddresses(lockfile)).toEqual([])
  })
})

/** The packages with install scripts, after one with this manifest and these files was installed. */
async function install(manifest: object, files: string[] = []): Promise<string[]> {
  const store = await mkdtemp(join(tmpdir(), 'store-'))
  const folder = join(store, 'it@1.0.0/node_modules/@scope/it')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: '@scope/it', ...manifest }))
  for (const file of files) await writeFile(join(folder, file), '')
  await symlink(folder, join(store, 'it@1.0.0/node_modules/link'))
  const found = findInstallScripts(store)
  await rm(store, { recursive: true })
  return found
}

describe('install scripts', () => {
  test('are found by name, and where a compiler is called without one', async () => {
    for (const script of ['preinstall', 'install', 'postinstall'])
      expect(await install({ scripts: { [script]: 'node steal.js' } })).toEqual(['@scope/it'])
    expect(await install({}, ['binding.gyp'])).toEqual(['@scope/it'])
    expect(await install({ scripts: { prepare: 'tsc', test: 'vitest' } })).toEqual([])
  })

  const decisions = readBuildDecisions(workspace)

  test('are of packages that the workspace names, and run for none of them', () => {
    const named = new Set(decisions.map(({ package: name }) => name))
    const installed = findInstallScripts(join(repositoryRoot, 'node_modules/.pnpm'))
    expect(installed.filter((name) => !named.has(name))).toEqual([])
    expect(decisions.filter(({ isAllowed }) => isAllowed)).toEqual([])
  })

  test('come with a reason why they may be left out', () => {
    for (const { package: name, reason } of decisions)
      expect([name, reason]).toEqual([name, expect.stringMatching(/\w{3}/)])
  })

  test('that are allowed, or named without a reason, are seen', () => {
    expect(readBuildDecisions('allowBuilds:\n  a: true\n  # Needs no script.\n  b: false\n')).toEqual([
      { package: 'a', isAllowed: true, reason: null },
      { package: 'b', isAllowed: false, reason: ' Needs no script.' },
    ])
    expect(readBuildDecisions('# All ship binaries.\nallowBuilds:\n  a: false\n')).toMatchObject([
      { reason: expect.any(String) },
    ])
    expect(readBuildDecisions('packages: []\n')).toEqual([])
    expect(workspace).not.toMatch(/onlyBuiltDependencies|dangerouslyAllowAllBuilds/)
  })
})
