import { createContext, useContext, useEffect } from 'react'

export interface OrganizationOnScreen {
  slug: string
  name: string
}

/** Takes the name of the organization a page is about, for what stands around the page. */
export const OrganizationOnScreenContext = createContext<(organization: OrganizationOnScreen) => void>(() => undefined)

/** Tells what stands around the page how its organization is called, once that is known. */
export function useOrganizationOnScreen(slug: string, name: string | undefined): void {
  const tell = useContext(OrganizationOnScreenContext)
  useEffect(() => {
    if (name !== undefined) tell({ slug, name })
  }, [slug, name, tell])
}
