import { drawChance, drawInteger, drawOne } from './draw.ts'
import type { Project } from './project.ts'

/** Who owns which part of a project's code, by rules of `type:pattern owner …`. */
export interface Ownership {
  rules: readonly OwnershipRule[]
  /** Whether everybody owns what no rule matches. */
  fallthrough: boolean
  autoAssignment: 'Auto Assign to Issue Owner' | 'Auto Assign to Suspect Commits' | 'Turn off Auto-Assignment'
  codeownersAutoSync: boolean
  dateCreated: string
}

export interface OwnershipRule {
  matcher: 'path' | 'url' | 'tags.transaction'
  pattern: string
  /** A team's id and slug. */
  owner: { id: string; slug: string }
}

const patterns = ['src/*', 'src/api/*', 'src/views/*', 'lib/billing/*', 'jobs/*'] as const

/** The ownership of a project; projects without teams have no rules. */
export function createOwnership({ id, teams, dateCreated }: Project): Ownership {
  const key = `${id}/ownership`
  const hasRules = drawChance(`${key}/rules`, 0.6)
  return {
    rules: (hasRules ? teams : []).map((owner, index) => ({
      matcher: index === 0 ? 'path' : 'url',
      pattern: index === 0 ? drawOne(`${key}/pattern`, patterns) : `*/v${drawInteger(`${key}/version`, 1, 4)}/*`,
      owner: { id: owner.id, slug: owner.slug },
    })),
    fallthrough: drawChance(`${key}/fallthrough`, 0.8),
    autoAssignment: drawOne(`${key}/assignment`, [
      'Auto Assign to Issue Owner',
      'Auto Assign to Suspect Commits',
      'Turn off Auto-Assignment',
    ]),
    codeownersAutoSync: drawChance(`${key}/sync`, 0.7),
    dateCreated,
  }
}
