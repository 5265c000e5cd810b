import { cleanup, fireEvent, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Shortcut, useShortcuts } from './shortcuts.ts'

let ran: string[]

const shortcuts = ['/', '?', 'g h'].map((keys): Shortcut => ({ keys, label: keys, run: () => void ran.push(keys) }))

function Page() {
  useShortcuts(shortcuts)
  return <input />
}

beforeEach(() => {
  ran = []
  render(<Page />)
})

afterEach(cleanup)

/** Presses keys as a keyboard reports them: `Shift` comes as a key of its own before the character it helps to write. */
function press(...keys: string[]): void {
  let shiftKey = false
  for (const key of keys) {
    if (key === 'Shift') shiftKey = true
    fireEvent.keyDown(document.body, { key, shiftKey })
    if (key !== 'Shift') shiftKey = false
  }
}

it.each([
  ['?', ['Shift', '?']],
  ['/', ['Shift', '/']],
  ['/', ['Tab', '/']],
  ['/', ['Escape', '/']],
  ['/', ['g', 'x', '/']],
  ['?', ['g', 'Shift', '?']],
  ['g h', ['g', 'h']],
  ['g h', ['g', 'g', 'h']],
  ['g h', ['x', 'g', 'h']],
  ['g h', ['g', 'Shift', 'h']],
])('runs %j for %j, and nothing else', (shortcut, keys) => {
  press(...keys)
  expect(ran).toEqual([shortcut])
})

it.each([[['h']], [['g', 'x', 'h']], [['Shift', 'G', 'h']], [['Dead', 'h']]])('runs nothing for %j', (keys) => {
  press(...keys)
  expect(ran).toEqual([])
})

it('runs one shortcut after the other', () => {
  press('/', 'Shift', '?', 'g', 'h', 'h')
  expect(ran).toEqual(['/', '?', 'g h'])
})

it.each(['ctrlKey', 'metaKey'])('leaves %s and / to the browser', (modifier) => {
  fireEvent.keyDown(document.body, { key: '/', [modifier]: true })
  expect(ran).toEqual([])
})

it('leaves what is written in a field to the field', () => {
  const field = document.querySelector('input')
  if (!field) throw new Error('The page has a field')
  fireEvent.keyDown(field, { key: '/' })
  expect(ran).toEqual([])
})
