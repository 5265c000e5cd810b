import type { Page, PageOptions } from '@sentry-graph/sentry-api'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergePage } from './merged-page.ts'
import { decodeMergedPosition, encodeMergedPosition, type MergedPosition, type SortKey } from './merged-position.ts'
import type { ItemOrder, MergedSource } from './merged-source.ts'

interface Item {
  id: string
  key: number
}

const order: ItemOrder<Item> = {
  idOf: ({ id }) => id,
  keyOf: ({ key }) => key,
  compare: (one: SortKey, other: SortKey) => Number(other) - Number(one),
}

class Unreachable extends Error {}

/** A list that Sentry would serve: newest first, its cursors tell a key and how many items of that key to pass over. */
class FakeSource implements MergedSource<Item> {
  readonly items: Item[]
  readonly id: string
  isDown = false
  constructor(id: string, keys: readonly number[]) {
    this.id = id
    this.items = keys.map((key, index) => ({ id: `${id}${index}`, key })).toSorted((one, other) => other.key - one.key)
  }
  arrive(key: number) {
    const index = this.items.findIndex((item) => item.key < key)
    this.items.splice(index === -1 ? this.items.length : index, 0, { id: `${this.id}${this.items.length}`, key })
  }
  page = ({ cursor, perPage = 100 }: PageOptions): Promise<Page<Item>> => {
    if (this.isDown) return Promise.reject(new Unreachable())
    const [key = Infinity, offset = 0] = cursor?.split(':').map(Number) ?? []
    const from = this.items.findIndex((item) => item.key <= key)
    const begin = from === -1 ? this.items.length : from + offset
    const items = this.items.slice(begin, begin + perPage)
    return Promise.resolve({
      items,
      next: this.#cursorAfter(begin + items.length),
      previous: null,
      hits: null,
      maxHits: null,
    })
  }
  #cursorAfter(index: number): string | null {
    const next = this.items[index]
    if (!next) return null
    return `${next.key}:${index - this.items.findIndex(({ key }) => key === next.key)}`
  }
}

const identity = ['test']

/** Passes a position through its cursor, as a caller does. */
const throughCursor = (position: MergedPosition) =>
  decodeMergedPosition(encodeMergedPosition(position, identity), identity)

const options = { order, isFailure: (error: unknown) => error instanceof Unreachable }

interface Walk {
  items: Item[]
  failures: number
}

/** Walks to the end; `before` may change the world before each page and says how many items to ask for. */
async function walk(
  sources: FakeSource[],
  before: (page: number) => { first: number; goOnFromMiddle?: boolean },
): Promise<Walk> {
  const walked: Walk = { items: [], failures: 0 }
  let position: MergedPosition = { perPage: before(0).first, worst: undefined, sources: new Map() }
  for (let number = 0; number < 1000; number++) {
    const { first, goOnFromMiddle = false } = before(number)
    const page = await mergePage(sources, position, { ...options, first })
    const taken = goOnFromMiddle ? page.items.slice(0, Math.ceil(page.items.length / 2)) : page.items
    walked.items.push(...taken.map(({ item }) => item))
    walked.failures += page.failures.length
    if (taken.length === page.items.length && !page.hasMore) return walked
    const last = taken.length === page.items.length ? page.position : taken.at(-1)?.position
    position = throughCursor(last ?? page.position)
  }
  throw new Error('The walk does not end.')
}

const ids = (items: readonly Item[]) => items.map(({ id }) => id)
const isFalling = (items: readonly Item[]) =>
  items.every(({ key }, index) => index === 0 || key <= (items[index - 1]?.key ?? Infinity))

// Few different keys, so that many are equal.
const worlds = fc.array(fc.array(fc.integer({ min: 0, max: 12 }), { maxLength: 30 }), { minLength: 1, maxLength: 6 })
const sourcesOf = (lists: number[][]) => lists.map((keys, index) => new FakeSource('abcdef'.charAt(index), keys))
const firsts = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 20 })
const at = <T>(values: readonly T[], index: number): T => values[index % values.length] as T

describe('a merged list', () => {
  test('gives every item once and in order, whatever the sizes of its pages and wherever one goes on', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, firsts, fc.array(fc.boolean(), { minLength: 1 }), async (lists, sizes, middles) => {
        const sources = sourcesOf(lists)
        const all = sources.flatMap(({ items }) => items)
        const { items } = await walk(sources, (page) => ({
          first: at(sizes, page),
          goOnFromMiddle: at(middles, page),
        }))
        expect(ids(items).toSorted()).toEqual(ids(all).toSorted())
        expect(isFalling(items)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('loses and repeats nothing and keeps the order while items arrive between pages', async () => {
    const arrivals = fc.array(
      fc.array(fc.record({ source: fc.nat(), key: fc.integer({ min: 0, max: 14 }) }), { maxLength: 6 }),
      { minLength: 1, maxLength: 12 },
    )
    await fc.assert(
      fc.asyncProperty(worlds, firsts, arrivals, async (lists, sizes, batches) => {
        const sources = sourcesOf(lists)
        const original = sources.flatMap(({ items }) => ids(items))
        const { items } = await walk(sources, (page) => {
          for (const { source, key } of page === 0 ? [] : (batches[page] ?? [])) at(sources, source).arrive(key)
          return { first: at(sizes, page) }
        })
        expect(new Set(ids(items)).size).toBe(items.length)
        expect(ids(items)).toEqual(expect.arrayContaining(original))
        expect(isFalling(items)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  test('loses and repeats nothing when sources fail and come back, each page in order', async () => {
    const outages = fc.array(fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 })
    await fc.assert(
      fc.asyncProperty(
        worlds,
        firsts,
        outages,
        fc.array(fc.boolean(), { minLength: 1 }),
        async (lists, sizes, down, middles) => {
          const sources = sourcesOf(lists)
          const all = sources.flatMap(({ items }) => ids(items))
          const { items } = await walk(sources, (page) => {
            for (const [index, source] of sources.entries())
              source.isDown = page < down.length && at(at(down, page), index)
            return { first: at(sizes, page), goOnFromMiddle: at(middles, page) }
          })
          expect(ids(items).toSorted()).toEqual(all.toSorted())
        },
      ),
      { numRuns: 300 },
    )
  })

  test('keeps the order of those that answer while another is down', async () => {
    const sources = [new FakeSource('a', [9, 7, 5]), new FakeSource('b', [8, 6]), new FakeSource('c', [10, 4])]
    const [, , late] = sources
    const pages: string[][] = []
    let position: MergedPosition = { perPage: 2, worst: undefined, sources: new Map() }
    for (let page = 0; page < 4; page++) {
      if (late) late.isDown = page < 2
      const merged = await mergePage(sources, position, { ...options, first: 2 })
      expect(merged.failures).toHaveLength(page < 2 ? 1 : 0)
      expect(merged.hasMore).toBe(page < 3)
      pages.push(ids(merged.items.map(({ item }) => item)))
      position = throughCursor(merged.position)
    }
    // The late one begins at its own beginning, newer items first.
    expect(pages).toEqual([['a0', 'b0'], ['a1', 'b1'], ['c0', 'a2'], ['c1']])
  })

  test('asks each source once for a first page, at most four at a time', async () => {
    let asked = 0
    let underWay = 0
    let most = 0
    const sources = Array.from({ length: 12 }, (_, index) => {
      const source = new FakeSource(`s${index}`, [index, index + 20])
      return {
        id: source.id,
        page: async (pageOptions: PageOptions) => {
          asked += 1
          underWay += 1
          most = Math.max(most, underWay)
          await new Promise(setImmediate)
          underWay -= 1
          return await source.page(pageOptions)
        },
      }
    })
    const position = { perPage: 24, worst: undefined, sources: new Map() }
    const { items } = await mergePage(sources, position, { ...options, first: 24 })
    expect(items).toHaveLength(24)
    expect({ asked, most }).toEqual({ asked: 12, most: 4 })
  })

  test('throws what is no failure of a source', async () => {
    const source = { id: 'a', page: () => Promise.reject(new TypeError('a mistake')) }
    const position = { perPage: 1, worst: undefined, sources: new Map() }
    await expect(mergePage([source], position, { ...options, first: 1 })).rejects.toThrow(TypeError)
  })
})

describe('its cursor', () => {
  test('stays small: of forty sources, what has given nothing takes no place', async () => {
    const sources = Array.from({ length: 40 }, (_, index) => new FakeSource(`45000000000000${index}`, [1, 2, 3]))
    const position = { perPage: 3, worst: undefined, sources: new Map() }
    const { position: after } = await mergePage(sources, position, { ...options, first: 3 })
    expect(after.sources.size).toBe(3)
    const { position: all } = await mergePage(sources, position, { ...options, first: 100 })
    expect(all.sources.size).toBe(40)
    expect(encodeMergedPosition(all, identity).length).toBeLessThan(4000)
  })

  test.each([
    '',
    'no cursor',
    'W10',
    Buffer.from('[1,"x",25,[],[]]').toString('base64url'),
    Buffer.from('{"a":1}').toString('base64url'),
  ])('refuses what it is none: %j', (text) => {
    expect(() => decodeMergedPosition(text, identity)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
  })

  test('refuses the cursor of another list', () => {
    const text = encodeMergedPosition({ perPage: 5, worst: 3, sources: new Map() }, identity)
    expect(decodeMergedPosition(text, identity)).toEqual({ perPage: 5, worst: 3, sources: new Map() })
    expect(() => decodeMergedPosition(text, ['another'])).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }))
  })
})
