import { FilterBox } from '../../components/filter-box.tsx'
import { Icon } from '../../components/icon.tsx'
import { projectOrders } from './project-order.ts'
import type { ProjectView } from './project-view.ts'
import style from './projects-toolbar.module.css'

/** Filter, restriction, order and layout of the project list. */
export function ProjectsToolbar({ view }: { view: ProjectView }) {
  return (
    <div className={style.toolbar}>
      <FilterBox label="Filter projects" value={view.filter} onChange={view.setFilter} />
      <label className={style.switch}>
        <input
          type="checkbox"
          role="switch"
          checked={view.mine}
          aria-checked={view.mine}
          onChange={(event) => view.setMine(event.target.checked)}
        />
        My projects
      </label>
      <label className={style.order}>
        Order
        <select value={view.order} onChange={(event) => view.setOrder(event.target.value)}>
          {Object.entries(projectOrders).map(([key, { label }]) => (
            <option key={key} value={key}>
              {label}
            </option>
          ))}
        </select>
        <Icon name="chevron" />
      </label>
      <fieldset className={style.layouts} aria-label="Layout">
        <button
          type="button"
          aria-label="Cards"
          aria-pressed={view.layout === 'grid'}
          onClick={() => view.setLayout('grid')}
        >
          <Icon name="grid" />
        </button>
        <button
          type="button"
          aria-label="Table"
          aria-pressed={view.layout === 'table'}
          onClick={() => view.setLayout('table')}
        >
          <Icon name="rows" />
        </button>
      </fieldset>
    </div>
  )
}
