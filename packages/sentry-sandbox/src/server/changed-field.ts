import type { FieldFault } from './faults.ts'

type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** A JSON text with a member dropped, null or of another type wherever its path ends with the name; other texts as they are. */
export function changeField(text: string, { field, change }: FieldFault): string {
  const wanted = field.split('.')
  const visit = (value: Json, path: readonly string[]): Json => {
    if (Array.isArray(value)) return value.map((item) => visit(item, path))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).flatMap(([name, member]) => {
        const memberPath = [...path, name]
        if (!endsWith(memberPath, wanted)) return [[name, visit(member, memberPath)]]
        return change === 'drop' ? [] : [[name, change === 'null' ? null : changeType(member)]]
      }),
    )
  }
  const parsed = parse(text)
  return parsed === undefined ? text : JSON.stringify(visit(parsed, []))
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

function endsWith(path: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length <= path.length && wanted.every((name, index) => name === path.at(index - wanted.length))
}

/** A string where there was none, a number where there was a string. */
function changeType(value: Json): Json {
  return typeof value === 'string' ? 42 : 'unexpected'
}
