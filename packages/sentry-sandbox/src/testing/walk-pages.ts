import { readLinks, type ApiAnswer, type ApiClient } from './api-client.ts'

/** Follows `rel="next"` as long as it has results, and gives every answer. Throws after a hundred. */
export async function walkPages(client: ApiClient, path: string): Promise<ApiAnswer[]> {
  const answers: ApiAnswer[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    if (answers.length === 100) throw new Error(`${path} has no end`)
    const separator = path.includes('?') ? '&' : '?'
    const answer: ApiAnswer = await client(
      cursor === '' ? path : `${path}${separator}cursor=${encodeURIComponent(cursor)}`,
    )
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`)
    answers.push(answer)
    const next = readLinks(answer.headers)['next']
    cursor = next?.results === 'true' ? next.cursor : null
  }
  return answers
}
