import { badRequest } from '../api-error.ts'

/** One requested column of a discover query. `text` is what was asked for, and the key of the column in every row. */
export type Column =
  { kind: 'field'; text: string; name: string } | { kind: 'tag'; text: string; key: string } | FunctionColumn

export interface FunctionColumn {
  kind: 'function'
  text: string
  name: string
  arguments: readonly string[]
}

/**
 * Reads `title`, `tags[browser]`, `count()`, `p95(span.duration)`.
 *
 * @throws {ApiError} 400 for text that is none of them.
 */
export function parseColumn(text: string): Column {
  const [, name, list] = /^([a-z][a-z0-9_]*)\(([^()]*)\)$/.exec(text) ?? []
  if (name !== undefined && list !== undefined) {
    return {
      kind: 'function',
      text,
      name,
      arguments: list.trim() === '' ? [] : list.split(',').map((part) => part.trim()),
    }
  }
  const [, key] = /^tags\[([\w.:-]+)\]$/.exec(text) ?? []
  if (key !== undefined) return { kind: 'tag', text, key }
  if (!/^[\w.:-]+$/.test(text)) throw badRequest(`Invalid characters in field ${text}`)
  return { kind: 'field', text, name: text }
}
