import { fraction, integerBetween, mix } from './hash.ts'
import { day, hour } from './moment.ts'

/** One thing that happens to an issue. `by` is a number that chooses one of the organization's people. */
export type ScriptStep = { at: number } & (
  | { type: 'set_ongoing' | 'set_escalating' | 'set_regression' }
  | { type: 'set_resolved'; by: number; how: 'now' | 'in_next_release' | 'in_commit' | 'automatic' }
  | { type: 'set_ignored'; by: number; until: 'escalating' | 'condition' | 'forever' }
  | { type: 'assigned'; by: number; to: 'team' | 'person' }
  | { type: 'note'; by: number; text: number }
)

/** A life story that is settled when the issue begins: it unfolds with the clock. */
export interface IssueScript {
  /** In order of time. */
  steps: readonly ScriptStep[]
  /** Hours since the epoch in which nothing happens, because it is resolved. */
  silence: { from: number; to: number } | null
  burst: { from: number; to: number; factor: number } | null
}

const firstDays = 7 * day

/** Writes the story of an issue that lives from one hour (since the epoch) to another. */
export function writeScript(seed: number, firstHour: number, endHour: number): IssueScript {
  const life = endHour - firstHour
  const at = (share: number) => (firstHour + Math.floor(life * share)) * hour + integerBetween(seed, 90, 1, 3000) * 1000
  const fate = fraction(seed, 70)
  const talk = writeTalk(seed, at)
  const tell = (steps: ScriptStep[], changes: Partial<IssueScript> = {}): IssueScript => ({
    steps: [...steps, ...talk, ...writeAgeing(steps, firstHour)].toSorted((left, right) => left.at - right.at),
    silence: null,
    burst: null,
    ...changes,
  })
  const by = mix(seed, 71)
  if (fate < 0.26) {
    const how = (['now', 'now', 'in_next_release', 'in_commit', 'automatic'] as const)[by % 5] ?? 'now'
    return tell([{ at: endHour * hour + 5 * hour, type: 'set_resolved', by, how }])
  }
  if (fate < 0.38 && life > 72) {
    const [fixed, back] = [at(0.4), at(0.75)]
    const silence = { from: Math.floor(fixed / hour), to: Math.floor(back / hour) }
    const steps: ScriptStep[] = [
      { at: fixed, type: 'set_resolved', by, how: 'now' },
      { at: (silence.to + 1) * hour, type: 'set_regression' },
    ]
    return tell(steps, { silence, burst: { from: silence.to, to: silence.to + 3, factor: 2 } })
  }
  if (fate < 0.52) {
    const until = (['escalating', 'escalating', 'condition', 'forever'] as const)[by % 4] ?? 'escalating'
    const archived: ScriptStep = { at: at(0.3), type: 'set_ignored', by, until }
    if (until !== 'escalating' || fraction(seed, 72) < 0.6 || life < 48) return tell([archived])
    return tell([archived, { at: (firstHour + Math.floor(life * 0.8) + 1) * hour, type: 'set_escalating' }], {
      burst: writeBurst(seed, firstHour + Math.floor(life * 0.8)),
    })
  }
  if (fate < 0.62 && life > 48) {
    const from = firstHour + Math.floor(life * (0.5 + 0.4 * fraction(seed, 73)))
    return tell([{ at: (from + 1) * hour, type: 'set_escalating' }], { burst: writeBurst(seed, from) })
  }
  return tell([])
}

function writeBurst(seed: number, from: number): IssueScript['burst'] {
  return { from, to: from + integerBetween(seed, 74, 5, 30), factor: integerBetween(seed, 75, 6, 14) }
}

/** A new, regressed or escalating issue is an ordinary one after a week. */
function writeAgeing(steps: readonly ScriptStep[], firstHour: number): ScriptStep[] {
  const beginnings = [
    firstHour * hour,
    ...steps.flatMap(({ at, type }) => (['set_regression', 'set_escalating'].includes(type) ? [at] : [])),
  ]
  return beginnings.map((at) => ({ at: at + firstDays, type: 'set_ongoing' as const }))
}

function writeTalk(seed: number, at: (share: number) => number): ScriptStep[] {
  const steps: ScriptStep[] = []
  if (fraction(seed, 80) < 0.45) {
    const to = fraction(seed, 81) < 0.5 ? 'team' : 'person'
    steps.push({ at: at(0.05 + 0.1 * fraction(seed, 82)), type: 'assigned', by: mix(seed, 83), to })
  }
  const notes = fraction(seed, 84) < 0.7 ? 0 : integerBetween(seed, 85, 1, 3)
  for (let position = 0; position < notes; position += 1) {
    const share = 0.1 + 0.15 * position
    steps.push({ at: at(share), type: 'note', by: mix(seed, 86 + position), text: mix(seed, 90 + position) })
  }
  return steps
}
