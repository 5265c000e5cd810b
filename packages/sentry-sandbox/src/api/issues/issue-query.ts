import { badRequest } from '../api-error.ts'

/** One `key:value` of a search. */
export interface IssueFilter {
  key: string
  isNegated: boolean
  /** How the value compares; a list is always `=`. */
  operator: '=' | '>' | '>=' | '<' | '<='
  /** Any of them fits. */
  values: readonly string[]
}

/** A search of issues in parts. */
export interface IssueQuery {
  filters: readonly IssueFilter[]
  /** What is left, as one text. */
  text: string
}

const token =
  /\s*(!?)(?:((?:[A-Za-z][\w.-]*)(?:\[[^\]\s]+\])?):)?(\[[^\]]*\]|"(?:[^"\\]|\\.)*"|[^\s"]+(?:"[^"]*"[^\s"]*)*|)/y
const operators = /^(>=|<=|>|<|=)/

/**
 * Reads Sentry's search syntax: `key:value`, `!key:value`, quoted values, `[a,b]` lists, comparisons, free text.
 *
 * @throws {ApiError} 400 `Error parsing search query: …` for what is not of it.
 */
export function parseIssueQuery(text: string): IssueQuery {
  if ((text.replaceAll('\\"', '').match(/"/g)?.length ?? 0) % 2 === 1) throw invalid(`Invalid quotation in ${text}`)
  if (/(?:^|\s)(?:AND|OR)(?:\s|$)/.test(text.replaceAll(/"[^"]*"/g, '')))
    throw invalid('Boolean statements containing "OR" or "AND" are not supported in this search')
  const filters: IssueFilter[] = []
  const words: string[] = []
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const start = token.lastIndex
    const [whole = '', negation, key, value = ''] = token.exec(text) ?? []
    token.lastIndex = start + whole.length
    if (whole.trim() === '') break
    if (key === undefined) words.push(readWord(`${negation}${value}`))
    else filters.push(readFilter(key, negation === '!', value))
  }
  return { filters, text: words.join(' ') }
}

function readWord(word: string): string {
  if (/^[()]+$|^\(|\)$/.test(word)) throw invalid('Parenthetical expressions are not supported in this search')
  return unquote(word)
}

function readFilter(key: string, isNegated: boolean, value: string): IssueFilter {
  if (value === '') throw invalid(`Empty string after '${key}:'`)
  if (value.startsWith('[')) {
    const values = splitList(value.slice(1, -1)).map((item) => unquote(item.trim()))
    if (!value.endsWith(']') || values.some((item) => item === '')) throw invalid(`Invalid list for '${key}:'`)
    return { key, isNegated, operator: '=', values }
  }
  const operator = operators.exec(value)?.[1]
  const rest = operator === undefined ? value : value.slice(operator.length)
  if (rest === '') throw invalid(`Empty string after '${key}:${operator}'`)
  return { key, isNegated, operator: (operator ?? '=') as IssueFilter['operator'], values: [unquote(rest)] }
}

const splitList = (text: string) => text.match(/"(?:[^"\\]|\\.)*"|[^,]+|(?<=,)(?=,|$)|^$/g) ?? ['']

const unquote = (text: string) =>
  text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1).replaceAll('\\"', '"') : text

export const invalid = (reason: string): ReturnType<typeof badRequest> =>
  badRequest(`Error parsing search query: ${reason}`)

/** A test for one value of a filter: `*` stands for anything, upper and lower case are the same. */
export function createTextTest(values: readonly string[]): (text: string) => boolean {
  const exact = new Set(values.filter((value) => !value.includes('*')).map((value) => value.toLowerCase()))
  const patterns = values
    .filter((value) => value.includes('*'))
    .map((value) => new RegExp(`^${value.split('*').map(escape).join('.*')}$`, 'is'))
  return (text) => exact.has(text.toLowerCase()) || patterns.some((pattern) => pattern.test(text))
}

const escape = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
