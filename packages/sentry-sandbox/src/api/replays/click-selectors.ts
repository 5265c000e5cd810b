import { pickOne } from '../../world/hash.ts'
import type { Replay } from '../../world/replay.ts'

interface ClickedElement {
  tag: string
  id: string
  classes: readonly string[]
  label: string
}

const elements: readonly ClickedElement[] = [
  { tag: 'button', id: 'submit-order', classes: ['button', 'primary'], label: 'Place order' },
  { tag: 'a', id: '', classes: ['menu-item'], label: '' },
  { tag: 'div', id: '', classes: ['card', 'clickable'], label: '' },
  { tag: 'input', id: 'voucher', classes: ['field'], label: 'Voucher code' },
]

/** An element that people clicked in vain, with how often they did. */
export interface ClickSelector {
  element: ClickedElement
  projectId: string
  deadClicks: number
  rageClicks: number
}

/** Adds up the clicks of replays that came to nothing: all of a replay are on one element. */
export function countClickSelectors(replays: readonly Replay[]): ClickSelector[] {
  const selectors = new Map<string, ClickSelector>()
  for (const { seed, history, isArchived, countDeadClicks, countRageClicks } of replays) {
    if (isArchived || countDeadClicks + countRageClicks === 0) continue
    const element = pickOne(seed, 90, elements)
    const key = `${history.project.id} ${describeElement(element)}`
    const known = selectors.get(key) ?? { element, projectId: history.project.id, deadClicks: 0, rageClicks: 0 }
    known.deadClicks += countDeadClicks
    known.rageClicks += countRageClicks
    selectors.set(key, known)
  }
  return [...selectors.values()]
}

export function presentClickSelector({ element, projectId, deadClicks, rageClicks }: ClickSelector): object {
  return {
    count_dead_clicks: deadClicks,
    count_rage_clicks: rageClicks,
    dom_element: describeElement(element),
    element: {
      alt: '',
      aria_label: element.label,
      class: element.classes,
      component_name: '',
      id: element.id,
      role: '',
      tag: element.tag,
      testid: '',
      title: '',
    },
    project_id: projectId,
  }
}

const describeElement = ({ tag, id, classes }: ClickedElement) =>
  [tag, id === '' ? '' : `#${id}`, ...classes.map((name) => `.${name}`)].join('')
