import type { Page, PageOptions } from '@sentry-graph/sentry-api'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ConnectionSource } from './connection.ts'
import { connectPages, type PagedList } from './page-connection.ts'

interface Upstream extends PagedList<number, number> {
  asked: PageOptions[]
}

/** A list as Sentry serves it, with cursors that count in pages and so hold for one page size only. */
function pagedList(length: number, name = 'list'): Upstream {
  const items = Array.from({ length }, (_, index) => index)
  const asked: PageOptions[] = []
  return {
    identity: [name, '1', null],
    asked,
    node: (item) => item,
    page: (options) => {
      asked.push(options)
      return Promise.resolve(readPage(items, options))
    },
  }
}

function readPage(items: number[], { cursor, perPage = 100 }: PageOptions): Page<number> {
  const [size = perPage, number = 0] = cursor?.split(':').map(Number) ?? []
  if (size !== perPage) throw new Error('The cursor belongs to another page size.')
  const end = (number + 1) * perPage
  const next = end < items.length ? `${perPage}:${number + 1}:0` : null
  return { items: items.slice(number * perPage, end), next, previous: null, hits: null, maxHits: null }
}

/** A list whose pages are as they are given, whatever size is asked for. */
function sparseList(pages: readonly number[][]): Upstream {
  const asked: PageOptions[] = []
  return {
    identity: ['sparse'],
    asked,
    node: (item) => item,
    page: (options) => {
      asked.push(options)
      const index = Number(options.cursor ?? 0)
      const next = index + 1 < pages.length ? String(index + 1) : null
      return Promise.resolve({ items: pages[index] ?? [], next, previous: null, hits: null, maxHits: null })
    },
  }
}

async function walk(list: Upstream, firsts: readonly number[]): Promise<{ walked: number[]; steps: number }> {
  const walked: number[] = []
  let after: string | null = null
  for (let steps = 0; ; steps += 1) {
    const first = firsts[steps % firsts.length] ?? 1
    const { nodes, endCursor, hasNextPage }: ConnectionSource<number> = await connectPages({ first, after }, list)
    walked.push(...nodes)
    if (!hasNextPage) return { walked, steps: steps + 1 }
    after = endCursor()
  }
}

const all = (length: number) => Array.from({ length }, (_, index) => index)

describe('walking a list', () => {
  test('gives every item once and in order, whatever is asked for at each step', async () => {
    const lengths = fc.integer({ min: 0, max: 60 })
    const firsts = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(lengths, firsts, async (length, steps) => {
        const { walked } = await walk(pagedList(length), steps)
        expect(walked).toEqual(all(length))
      }),
    )
  })

  test('from the cursor of any edge goes on right after it, with two calls at most', async () => {
    const anywhere = fc.record({
      length: fc.integer({ min: 1, max: 60 }),
      first: fc.integer({ min: 1, max: 30 }),
      next: fc.integer({ min: 1, max: 30 }),
    })
    await fc.assert(
      fc.asyncProperty(anywhere, async ({ length, first, next }) => {
        const list = pagedList(length)
        const { nodes, cursorAt } = await connectPages({ first, after: null }, list)
        for (const [index, node] of nodes.entries()) {
          list.asked.length = 0
          const { nodes: following } = await connectPages({ first: next, after: cursorAt(index) }, list)
          expect(following).toEqual(all(length).slice(node + 1, node + 1 + following.length))
          expect(following.length).toBeGreaterThanOrEqual(Math.min(length - node - 1, next, 1))
          expect(list.asked.length).toBeLessThanOrEqual(2)
        }
      }),
    )
  })

  test('in equal steps costs one call each', async () => {
    const list = pagedList(50)
    const { steps } = await walk(list, [10])
    expect(steps).toBe(5)
    expect(list.asked).toHaveLength(5)
  })

  test('from inside a page asks that page again and fills up from the next', async () => {
    const list = pagedList(30)
    const { cursorAt } = await connectPages({ first: 10 }, list)
    list.asked.length = 0
    const rest = await connectPages({ first: 10, after: cursorAt(6) }, list)
    expect(rest.nodes).toEqual(all(30).slice(7, 17))
    expect(list.asked).toEqual([
      { cursor: null, perPage: 10 },
      { cursor: '10:1:0', perPage: 10 },
    ])
  })
})

describe('pages that Sentry answers without items although more follows', () => {
  test('are filled up from one more page, also at the start', async () => {
    const list = sparseList([[], [1, 2, 3]])
    const { nodes, hasNextPage } = await connectPages({ first: 2 }, list)
    expect(nodes).toEqual([1, 2])
    expect(hasNextPage).toBe(true)
    expect(list.asked).toHaveLength(2)
  })

  test('end a part with the place where the list goes on, never at the start again', async () => {
    const list = sparseList([[], [], [], [1]])
    const start = await connectPages({ first: 2 }, list)
    expect(start).toMatchObject({ nodes: [], hasNextPage: true, totalCount: null })
    expect(list.asked).toHaveLength(2)
    const { nodes, hasNextPage } = await connectPages({ first: 2, after: start.endCursor() }, list)
    expect(nodes).toEqual([1])
    expect(hasNextPage).toBe(false)
  })

  test('an empty list ends nowhere', async () => {
    const { endCursor, hasNextPage } = await connectPages({ first: 2 }, sparseList([[]]))
    expect([endCursor(), hasNextPage]).toEqual([null, false])
  })
})

describe('numbers', () => {
  test('the total is known when the part is the whole, and unknown else', async () => {
    expect(await connectPages({ first: 10 }, pagedList(10))).toMatchObject({ totalCount: 10, hasNextPage: false })
    expect(await connectPages({ first: 10 }, pagedList(0))).toMatchObject({ totalCount: 0, nodes: [] })
    const part = await connectPages({ first: 10 }, pagedList(11))
    expect(part).toMatchObject({ totalCount: null, hasNextPage: true, hasPreviousPage: false })
    const rest = await connectPages({ first: 10, after: part.cursorAt(9) }, pagedList(11))
    expect(rest).toMatchObject({ totalCount: null, hasNextPage: false, hasPreviousPage: true })
  })

  test.each([
    [12, false],
    [1000, true],
  ])('Sentry’s own count of %d is taken over; capped: %s', async (hits, isCapped) => {
    const list = pagedList(30)
    const counted = {
      ...list,
      page: async (options: PageOptions) => ({ ...(await list.page(options)), hits, maxHits: 1000 }),
    }
    expect(await connectPages({ first: 5 }, counted)).toMatchObject({ totalCount: hits, totalCountIsCapped: isCapped })
  })

  test('"first" is 25 when it is not given', async () => {
    const list = pagedList(30)
    expect((await connectPages({ first: null }, list)).nodes).toHaveLength(25)
  })
})

describe('refusals, all without a call', () => {
  test.each([0, -1, 101, 2 ** 31 - 1])('first: %d', async (first) => {
    const list = pagedList(3)
    await expect(connectPages({ first }, list)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(list.asked).toEqual([])
  })

  test('a cursor of another list', async () => {
    const { cursorAt } = await connectPages({ first: 2 }, pagedList(5, 'other'))
    const list = pagedList(5)
    const foreign = connectPages({ first: 2, after: cursorAt(0) }, list)
    await expect(foreign).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    expect(list.asked).toEqual([])
  })
})
