import { describe, expect, test } from 'vitest'
import { createGate, GateFullError } from './gate.ts'

const { signal } = new AbortController()

/** Work that goes on until it is told to end, in order of its beginning. */
function createWork() {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  const work = (name: string) => () => {
    begun.push(name)
    const { promise, resolve } = Promise.withResolvers<void>()
    ends.set(name, resolve)
    return promise
  }
  return { begun, work, end: (name: string) => ends.get(name)?.() }
}

test('so many are inside, the others come in the order of their coming', async () => {
  const gate = createGate({ limit: 2, longestQueue: 10 })
  const { begun, work, end } = createWork()
  const runs = ['a', 'b', 'c', 'd'].map((name) => gate.run(work(name), signal))
  expect(begun).toEqual(['a', 'b'])
  end('b')
  await runs[1]
  expect(begun).toEqual(['a', 'b', 'c'])
  end('a')
  await runs[0]
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
  expect(gate.inside).toBe(2)
})

test('work that fails makes room as well', async () => {
  const gate = createGate({ limit: 1, longestQueue: 10 })
  await expect(gate.run(() => Promise.reject(new Error('failed')), signal)).rejects.toThrow('failed')
  await expect(gate.run(() => Promise.resolve('done'), signal)).resolves.toBe('done')
  expect(gate.inside).toBe(0)
})

test('one more than may wait is turned away at once', async () => {
  const gate = createGate({ limit: 1, longestQueue: 1 })
  const { work, end } = createWork()
  const [inside, waiting] = [gate.run(work('a'), signal), gate.run(work('b'), signal)]
  await expect(gate.run(work('c'), signal)).rejects.toThrow(GateFullError)
  end('a')
  await inside
  end('b')
  await waiting
})

describe('who gives up while waiting', () => {
  test('gets the reason, never begins and is in nobody’s way', async () => {
    const gate = createGate({ limit: 1, longestQueue: 10 })
    const { begun, work, end } = createWork()
    const controller = new AbortController()
    const inside = gate.run(work('a'), signal)
    const impatient = gate.run(work('b'), controller.signal)
    const patient = gate.run(work('c'), signal)
    controller.abort(new Error('too late'))
    await expect(impatient).rejects.toThrow('too late')
    end('a')
    await inside
    expect(begun).toEqual(['a', 'c'])
    end('c')
    await patient
    expect(gate.inside).toBe(0)
  })

  test('gets it also when it had given up before it came', async () => {
    const gate = createGate({ limit: 1, longestQueue: 10 })
    const { work, end } = createWork()
    const inside = gate.run(work('a'), signal)
    await expect(gate.run(work('b'), AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
    end('a')
    await inside
  })
})

test('a limit that grows lets those in who wait, as soon as anybody comes or leaves', async () => {
  const gate = createGate({ limit: 1, longestQueue: 10 })
  const { begun, work } = createWork()
  for (const name of ['a', 'b', 'c']) void gate.run(work(name), signal)
  gate.limit = 4
  void gate.run(work('d'), signal)
  expect(gate.inside).toBe(4)
  await Promise.resolve()
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
})
