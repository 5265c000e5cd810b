import { expect, test } from 'vitest'
import { type Circuit, createCircuit } from './circuit.ts'

let time = 0

function circuitOf(mostFailures = 3): Circuit {
  time = 0
  return createCircuit(mostFailures, () => time)
}

/** A call that fails so many milliseconds after it was made. */
function failAfter(circuit: Circuit, duration: number): void {
  const startedAt = time
  circuit.start()
  time += duration
  circuit.fail(startedAt)
}

test('opens after failures in a row over three seconds', () => {
  const circuit = circuitOf()
  failAfter(circuit, 1000)
  failAfter(circuit, 1000)
  expect(circuit.isOpen()).toBe(false)
  failAfter(circuit, 1000)
  expect(circuit.isOpen()).toBe(true)
})

test('stays closed through a short outage, however many calls fail in it', () => {
  const circuit = circuitOf()
  for (let call = 0; call < 1000; call += 1) failAfter(circuit, 2)
  expect(circuit.isOpen()).toBe(false)
})

test('stays closed while anything succeeds in between', () => {
  const circuit = circuitOf()
  for (let round = 0; round < 10; round += 1) {
    failAfter(circuit, 1000)
    failAfter(circuit, 1000)
    circuit.succeed()
  }
  expect(circuit.isOpen()).toBe(false)
})

test('calls that hung from the beginning and end together open it at once', () => {
  const circuit = circuitOf()
  time = 10_000
  expect([circuit.fail(0), circuit.fail(0), circuit.fail(0), circuit.fail(0)]).toEqual([false, false, true, false])
  expect(circuit.isOpen()).toBe(true)
})

test('calls that hung while others were answered do not', () => {
  const circuit = circuitOf()
  time = 9000
  circuit.succeed()
  time = 10_000
  for (let call = 0; call < 100; call += 1) circuit.fail(0)
  expect(circuit.isOpen()).toBe(false)
})

test('lets one probe through every five seconds, also when the last one never ends', () => {
  const circuit = circuitOf(1)
  failAfter(circuit, 3000)
  time += 4999
  expect(circuit.isOpen()).toBe(true)
  time += 1
  expect(circuit.isOpen()).toBe(false)
  circuit.start()
  expect(circuit.isOpen()).toBe(true)
  time += 5000
  expect(circuit.isOpen()).toBe(false)
})

test('closes with the first success', () => {
  const circuit = circuitOf(1)
  failAfter(circuit, 3000)
  time += 5000
  circuit.start()
  circuit.succeed()
  expect(circuit.isOpen()).toBe(false)
  circuit.start()
  expect(circuit.isOpen()).toBe(false)
})
