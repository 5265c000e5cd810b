import type { OrganizationAddress } from '@sentry-graph/sentry-api'
import DataLoader from 'dataloader'
import { inChunks } from './chunks.ts'
import { addressOf, type ProjectReference, type ProjectSource } from './node-source.ts'
import { toError } from './reference-loader.ts'

/** A project and what is asked of it; siblings of whom the same is asked are asked for together. */
interface ProjectQuestion<Question> {
  project: ProjectSource
  question: Question
}

export type ProjectNumberLoader<Question, Value> = DataLoader<ProjectQuestion<Question>, Value | null, string>

interface ProjectNumber<Question, Value> {
  /** The most projects that one call tells about; 100 when left out. */
  batchSize?: number
  /** Asks Sentry about all these projects in one call; what it answers tells the value of each of them, null where that is unknown. */
  ask: (
    organization: OrganizationAddress,
    projects: readonly ProjectReference[],
    question: Question,
  ) => Promise<(project: ProjectReference) => Value | null>
}

/**
 * Loads a number of projects: one call for all siblings of an organization with the same question (a range, an interval),
 * or for each `batchSize` of them. A call that fails fails the projects that it was made for, and no others.
 */
export function createProjectNumberLoader<Question, Value>({
  ask,
  batchSize = 100,
}: ProjectNumber<Question, Value>): ProjectNumberLoader<Question, Value> {
  return new DataLoader(
    async (keys) => {
      const siblings = [...Map.groupBy(keys, siblingKey).values()]
      const chunks = siblings.flatMap((group) => inChunks(group, batchSize))
      const answers = await Promise.all(chunks.map(async (chunk) => [chunk, await askChunk(chunk, ask)] as const))
      const readers = new Map(answers.flatMap(([chunk, read]) => chunk.map((key) => [key, read] as const)))
      return keys.map((key) => readers.get(key)?.(key.project.reference) ?? null)
    },
    { cacheKeyFn: (key) => `${siblingKey(key)}:${key.project.reference.id}` },
  )
}

async function askChunk<Question, Value>(
  chunk: readonly ProjectQuestion<Question>[],
  ask: ProjectNumber<Question, Value>['ask'],
): Promise<(project: ProjectReference) => Value | Error | null> {
  const [first] = chunk
  if (!first) return () => null
  try {
    const projects = chunk.map(({ project }) => project.reference)
    return await ask(addressOf(first.project.organization), projects, first.question)
  } catch (error) {
    return () => toError(error)
  }
}

function siblingKey<Question>({ project, question }: ProjectQuestion<Question>): string {
  return `${project.organization.sentryId}:${JSON.stringify(question)}`
}
