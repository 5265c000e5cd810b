import { fraction, integerBetween, mix, pickIndex, pickOne } from './hash.ts'
import type { Issue } from './issue.ts'
import type { IssueKind } from './issue-kind.ts'
import { chooseKinds } from './issue-kinds/choose-kinds.ts'
import { writeScript } from './issue-script.ts'
import { findEventPlatform, findRuntime } from './platform.ts'
import type { Project } from './project.ts'
import type { ProjectHistory } from './project-history.ts'
import { createVolume } from './volume.ts'
import { createWording } from './wording.ts'

export interface IssueBlueprint {
  id: string
  shortId: string
  seed: number
  activity: (hour: number) => number
  history: ProjectHistory
  /** Hours since the epoch: the one of its first event, and the one after its last. */
  firstHour: number
  endHour: number
}

/** Makes an issue. Its events are only added up when somebody asks for them. */
export function createIssue(blueprint: IssueBlueprint): Issue {
  const { id, shortId, seed, history, firstHour, endHour } = blueprint
  const { organization, project } = history
  const kind = chooseKind(seed, project)
  const word = createWording(seed)
  const [type, value] = [word(kind.type), word(kind.value)]
  const script = writeScript(seed, firstHour, endHour)
  const volume = createVolume({
    seed,
    activity: blueprint.activity,
    firstHour,
    endHour,
    rate: chooseRate(blueprint),
    silence: script.silence,
    burst: script.burst,
  })
  return {
    id,
    shortId,
    seed,
    organization,
    history,
    project,
    kind,
    level: kind.level,
    title: nameIssue(kind, type, value),
    culprit: nameCulprit(kind, seed, word),
    type,
    value,
    place: kind.place && {
      file: word(kind.place.file),
      function: word(kind.place.function),
      module: word(kind.place.module),
    },
    cause: kind.cause === undefined ? null : { type: word(kind.cause.type), value: word(kind.cause.value) },
    evidence: (kind.evidence ?? []).map(([name, text]) => [word(name), word(text)] as const),
    logger:
      kind.eventType === 'default'
        ? pickOne(seed, 20, ['root', 'worker', 'http', 'console'])
        : kind.eventType === 'csp'
          ? 'csp'
          : null,
    platform: kind.eventType === 'csp' ? 'other' : (findEventPlatform(project.platform) ?? 'other'),
    audience: findAudience(blueprint),
    script,
    volume,
    firstSeen: volume.firstMoment,
  }
}

function chooseKind(seed: number, project: Project): IssueKind {
  const choices = chooseKinds(project.platform)
  const choice =
    choices[
      pickIndex(
        fraction(seed, 16),
        choices.map(([weight]) => weight),
      )
    ]
  return pickOne(seed, 17, choice?.[1] ?? [])
}

function nameIssue(kind: IssueKind, type: string, value: string): string {
  if (kind.eventType === 'feedback') return `User Feedback: ${value}`
  if (kind.eventType !== 'error') return type === '' ? value : type
  const [firstLine = ''] = value.split('\n')
  const title = firstLine === '' ? type : `${type}: ${firstLine}`
  return title.length > 100 ? `${title.slice(0, 97)}...` : title
}

/** Some have none, in both spellings: null and the empty string. */
function nameCulprit(kind: IssueKind, seed: number, word: (text: string) => string): string | null {
  if (kind.eventType === 'feedback') return 'user'
  if (kind.eventType === 'csp') return pickOne(seed, 18, ['script-src', 'style-src-elem'])
  if (kind.place === null) return kind.eventType === 'default' ? pickOne(seed, 18, [null, '']) : word('/api/{noun}s/')
  if (kind.place.function === '') return ''
  return word(seed % 3 === 0 ? `${kind.place.module} in ${kind.place.function}` : kind.place.module)
}

/** From an event in a week to several in a minute; most issues are quiet. */
function chooseRate({ seed, history: { size } }: IssueBlueprint): number {
  return 0.012 * Math.exp(fraction(seed, 21) ** 1.3 * 6) * size
}

function findAudience({ seed, history: { project, size } }: IssueBlueprint): number {
  if (findRuntime(project.platform) === 'server' && fraction(mix(seed, 22), 1) < 0.5) return 0
  return Math.ceil(integerBetween(seed, 23, 3, 900) * Math.min(4, size))
}
