import { createContext, use } from 'react'
import type { ExplorerQuery } from '../generated/graphql.ts'

/** What the explorer knows of the person: handed past GraphiQL to its plugins. */
export const ViewerContext = createContext<ExplorerQuery['viewer']>(null)

export function useViewer(): ExplorerQuery['viewer'] {
  return use(ViewerContext)
}
