import { createOwnership, type OwnershipRule } from '../../world/ownership.ts'
import { answerJson } from '../answer.ts'
import { readScopes, type Endpoint } from '../endpoint.ts'
import { projectEndpoint } from '../project-access.ts'

const detail = projectEndpoint(
  'projects/:organization/:project/ownership/',
  readScopes('project'),
  (_request, _access, project) => {
    const { rules, fallthrough, autoAssignment, codeownersAutoSync, dateCreated } = createOwnership(project)
    return answerJson({
      raw: rules.map(({ matcher, pattern, owner }) => `${matcher}:${pattern} #${owner.slug}`).join('\n'),
      fallthrough,
      dateCreated,
      lastUpdated: dateCreated,
      isActive: true,
      autoAssignment,
      codeownersAutoSync,
      schema: rules.length === 0 ? null : { $version: 1, rules: rules.map(presentRule) },
    })
  },
)

const presentRule = ({ matcher, pattern, owner }: OwnershipRule) => ({
  matcher: { type: matcher, pattern },
  owners: [{ type: 'team', name: owner.slug, id: owner.id }],
})

export const ownershipEndpoints: readonly Endpoint[] = [detail]
