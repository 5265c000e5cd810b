/** Where something of the repository is named by its path from the top folder. */
const topFolders = '(?:apps|packages|docs|deploy|bench|\\.ci)'

const spelled = new RegExp(`\`(${topFolders}/[^\`\\s*…<>]*)\``, 'g')
const linked = /\]\(([^)\s#]+)(?:#[^)]*)?\)/g

/** A path that a document names, and how: in code spans from the top folder, in links from the document’s own folder. */
export interface NamedPath {
  path: string
  from: 'repository' | 'document'
}

/** The paths of the repository that a Markdown text names. Addresses of the web are not among them. */
export function findNamedPaths(markdown: string): NamedPath[] {
  return [
    ...matches(markdown, spelled).map((path) => ({ path, from: 'repository' as const })),
    ...matches(markdown, linked)
      .filter((target) => !/^[a-z]+:/i.test(target))
      .map((path) => ({ path, from: 'document' as const })),
  ]
}

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].flatMap(([, path]) => path ?? [])
}
