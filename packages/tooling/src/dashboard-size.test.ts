import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { repositoryRoot } from './process.ts'

const built = join(repositoryRoot, 'apps/dashboard/dist')

test('the dashboard loads at most 150 kB of JavaScript at first, compressed', () => {
  const page = readFileSync(join(built, 'index.html'), 'utf8')
  const scripts = [...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].map(([, path = '']) => path)
  expect(scripts).toContainEqual(expect.stringMatching(/^\/assets\/dashboard-/))
  const sizes = scripts.map((path) => gzipSync(readFileSync(join(built, path))).length)
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(150_000)
})
