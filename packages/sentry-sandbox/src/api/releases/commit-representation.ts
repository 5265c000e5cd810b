import { findEventPlatform } from '../../world/platform.ts'
import type { Commit, Release } from '../../world/release.ts'
import type { Repository } from '../../world/repository.ts'
import { formatSeconds } from '../../world/moment.ts'
import { hashText, integerBetween, mix } from '../../world/hash.ts'
import { presentRepository } from '../repository-representation.ts'
import { presentUser } from '../user-representation.ts'

/** A commit. An author whom Sentry knows is a user; of anybody else there are only name and e-mail. */
export function presentCommit(commit: Commit, repository: Repository | undefined): object {
  return {
    id: commit.id,
    message: commit.message,
    dateCreated: formatSeconds(commit.dateCreated),
    pullRequest: null,
    suspectCommitType: '',
    repository: repository === undefined ? { name: commit.repository } : presentRepository(repository),
    author: presentAuthor(commit),
  }
}

export const presentAuthor = ({ person, author }: Commit): object => (person === null ? author : presentUser(person))

/** A commit with the releases it came with. */
export function presentReleasedCommit(commit: Commit, repository: Repository, release: Release, short: string): object {
  return {
    ...presentCommit(commit, repository),
    releases: [
      {
        version: release.version,
        shortVersion: short,
        ref: null,
        url: null,
        dateReleased: formatSeconds(release.dateReleased),
        dateCreated: formatSeconds(release.dateCreated),
      },
    ],
  }
}

const folders = ['src', 'src/api', 'src/jobs', 'src/views', 'test']
const extensions: Readonly<Record<string, string>> = {
  javascript: 'ts',
  node: 'ts',
  python: 'py',
  ruby: 'rb',
  go: 'go',
  php: 'php',
  csharp: 'cs',
  java: 'kt',
  cocoa: 'swift',
  native: 'rs',
  elixir: 'ex',
}

/** The files that a commit changed: one to three. */
export function presentCommitFiles(organizationId: string, { project }: Release, commit: Commit): object[] {
  const seed = hashText(commit.id)
  const extension = extensions[findEventPlatform(project.platform) ?? ''] ?? 'txt'
  return Array.from({ length: integerBetween(seed, 1, 1, 3) }, (_, position) => {
    const draw = mix(seed, 2 + position)
    return {
      id: String(2_000_000_000 + (draw >>> 2)),
      orgId: Number(organizationId),
      filename: `${folders[draw % folders.length]}/part-${1 + (draw % 40)}.${extension}`,
      type: (['M', 'M', 'A', 'D'] as const)[draw % 4],
      commitMessage: commit.message,
      commitCreated: formatSeconds(commit.dateCreated),
      author: presentAuthor(commit),
      repoName: commit.repository,
    }
  })
}
