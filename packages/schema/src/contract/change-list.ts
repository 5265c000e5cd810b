import type { ContractChanges } from './changes.ts'

/** The list of changes since the promise, as a page of the reference and a section of the changelog. */
export function printChangeList(changes: ContractChanges, since: string): string {
  const sections = [
    section('Breaks what was promised', changes.breaking),
    section('Deprecated', changes.deprecated),
    section('May surprise', changes.surprising),
    section('New', changes.added),
  ].filter((text) => text !== null)
  const rest = sections.length === 0 ? ['Nothing.'] : sections
  return [`# Changes of the schema since ${since}`, ...rest].join('\n\n') + '\n'
}

function section(title: string, sentences: readonly string[]): string | null {
  if (sentences.length === 0) return null
  return `## ${title}\n\n${sentences.map((sentence) => `- ${sentence}`).join('\n')}`
}
