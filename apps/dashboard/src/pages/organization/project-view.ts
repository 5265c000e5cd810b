import { setUrlParameters, useUrlParameter } from '../../navigation/url-parameter.ts'
import { type ProjectOrderKey, readProjectOrder } from './project-order.ts'

/** How the projects are shown; the address holds all of it. */
export interface ProjectView {
  filter: string
  setFilter: (filter: string) => void
  /** Only projects of teams the person belongs to. */
  mine: boolean
  setMine: (mine: boolean) => void
  order: ProjectOrderKey
  setOrder: (order: string) => void
  layout: 'grid' | 'table'
  setLayout: (layout: 'grid' | 'table') => void
  /** What Sentry is asked to search for; empty for everything. */
  query: string
  /** Takes filter and restriction away together. */
  clear: () => void
}

export function useProjectView(): ProjectView {
  const [filter, setFilter] = useUrlParameter('q')
  const [mine, setMine] = useUrlParameter('mine')
  const [order, setOrder] = useUrlParameter('sort')
  const [layout, setLayout] = useUrlParameter('view')
  return {
    filter,
    setFilter,
    mine: mine === '1',
    setMine: (on) => setMine(on ? '1' : ''),
    order: readProjectOrder(order),
    setOrder,
    layout: layout === 'table' ? 'table' : 'grid',
    setLayout: (next) => setLayout(next === 'table' ? 'table' : ''),
    query: [filter, mine === '1' ? 'is_member:1' : ''].filter(Boolean).join(' '),
    clear: () => setUrlParameters({ q: '', mine: '' }),
  }
}
