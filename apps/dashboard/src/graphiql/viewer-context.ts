import { createContext, use } from 'react'
import type { ExplorerQuery } from '../generated/graphql.ts'

/** Who uses the explorer; null when nobody is signed in, undefined while that is not known. */
export type ExplorerViewer = ExplorerQuery['viewer'] | undefined

/** What the explorer knows of the person: handed past GraphiQL to its plugins. */
export const ViewerContext = createContext<ExplorerViewer>(undefined)

export function useViewer(): ExplorerViewer {
  return use(ViewerContext)
}
