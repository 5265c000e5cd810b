import { expect, test } from 'vitest'
import { organizationSource } from './node-source.ts'
import { createReferenceLoader, createSingleLoader } from './reference-loader.ts'

const organization = organizationSource({
  id: '1',
  slug: 'acme',
  name: 'Acme',
  dateCreated: null,
  avatarUrl: null,
  organizationUrl: null,
  regionUrl: null,
})

interface Thing {
  id: string
  version: number
}

function createLoader() {
  const asked: (readonly string[])[] = []
  const loader = createReferenceLoader<Thing>({
    list: (_, keys) => {
      asked.push(keys)
      return Promise.resolve(keys.map((id) => ({ id, version: 2 })))
    },
    keyOf: ({ id }) => id,
  })
  return { loader, asked, load: (key: string) => loader.load({ organization, key }) }
}

test('what a page held is asked for no more, and what it did not is', async () => {
  const { loader, asked, load } = createLoader()
  loader.remember(organization, [{ id: '1', version: 1 }])
  expect(await Promise.all([load('1'), load('2')])).toEqual([
    { id: '1', version: 1 },
    { id: '2', version: 2 },
  ])
  expect(asked).toEqual([['2']])
})

test('of two pages that held it, the first one counts', async () => {
  const { loader, load } = createLoader()
  loader.remember(organization, [{ id: '1', version: 1 }])
  loader.remember(organization, [{ id: '1', version: 3 }])
  expect(await load('1')).toEqual({ id: '1', version: 1 })
})

test('what was forgotten is asked for again, remembered or loaded', async () => {
  const { loader, asked, load } = createLoader()
  loader.remember(organization, [{ id: '1', version: 1 }])
  loader.forget({ organization, key: '1' })
  expect(await load('1')).toEqual({ id: '1', version: 2 })
  loader.forget({ organization, key: '1' })
  await load('1')
  expect(asked).toEqual([['1'], ['1']])
})

test('one at a time, a failure is that of its own record', async () => {
  const loader = createSingleLoader<Thing>({
    find: (_, id) => (id === '1' ? Promise.resolve({ id, version: 2 }) : Promise.reject(new Error('gone'))),
    keyOf: ({ id }) => id,
  })
  const [found, missing] = ['1', '2'].map((key) => loader.load({ organization, key }))
  await expect(found).resolves.toEqual({ id: '1', version: 2 })
  await expect(missing).rejects.toThrow('gone')
})
