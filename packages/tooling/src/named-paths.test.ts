import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { findNamedPaths } from './named-paths.ts'
import { repositoryRoot } from './process.ts'

const documents = globSync('docs/**/*.md', { cwd: repositoryRoot })

function findMissing(document: string, markdown: string): string[] {
  const folders = { repository: repositoryRoot, document: dirname(join(repositoryRoot, document)) }
  return findNamedPaths(markdown)
    .filter(({ path, from }) => !existsSync(join(folders[from], path)))
    .map(({ path }) => path)
}

describe('a path', () => {
  test('is read from code spans and links', () => {
    expect(findNamedPaths('`apps/gateway/src/app.ts`, [that](../README.md#a) and ![it](images/a.png)')).toEqual([
      { path: 'apps/gateway/src/app.ts', from: 'repository' },
      { path: '../README.md', from: 'document' },
      { path: 'images/a.png', from: 'document' },
    ])
  })

  test('is none when it is an address, a pattern or a word', () => {
    const text = '`/api/auth/login` `packages/*/src` `app.ts` [a](https://example.com/docs/a) [b](mailto:a) [c](#d)'
    expect(findNamedPaths(text)).toEqual([])
  })

  test('that nothing is at is found', () => {
    expect(findMissing('docs/a.md', '`apps/gateway/src/gone.ts` [there](gone.md) [here](architecture.md)')).toEqual([
      'apps/gateway/src/gone.ts',
      'gone.md',
    ])
  })
})

test.each(documents)('%s names only what exists', (document) => {
  expect(findMissing(document, readFileSync(join(repositoryRoot, document), 'utf8'))).toEqual([])
})

test('the documents are there to be read, and name something', () => {
  expect(documents).toContain('docs/security.md')
  expect(findNamedPaths(readFileSync(join(repositoryRoot, 'docs/security.md'), 'utf8')).length).toBeGreaterThan(20)
})
