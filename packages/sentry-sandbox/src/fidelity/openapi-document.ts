import { readFile } from 'node:fs/promises'
import type { Schema } from './schema.ts'

interface PathItem {
  get?: { responses: Readonly<Record<string, { content?: Readonly<Record<string, { schema?: Schema }>> }>> }
}

/** A GET that the document describes. */
export interface Operation {
  /** With `{name}` for its parts. */
  path: string
  /** Of the JSON body of its 200 answer; null where the document has none. */
  schema: Schema | null
}

/** Reads the GET operations of an OpenAPI 3.0 document without references. */
export async function readOperations(file: string): Promise<Operation[]> {
  const { paths } = JSON.parse(await readFile(file, 'utf8')) as { paths: Readonly<Record<string, PathItem>> }
  return Object.entries(paths).flatMap(([path, { get }]) =>
    get === undefined ? [] : [{ path, schema: get.responses['200']?.content?.['application/json']?.schema ?? null }],
  )
}
