import { expect, test } from 'vitest'
import { createWorld } from '../../world/world.ts'
import { ApiError } from '../api-error.ts'
import { findAccess, type OrganizationAccess } from '../organization-access.ts'
import { selectEnvironments } from './environment-selection.ts'
import { selectProjects } from './project-selection.ts'

const world = createWorld()

function openAccess(email: string): OrganizationAccess {
  const organization = world.findOrganization('lumen-freight')
  const person = organization?.members.find((member) => member.email.startsWith(email))?.person
  const access =
    organization &&
    person &&
    findAccess({ world, caller: { person, scopes: ['org:read'], organizationId: null } }, organization)
  if (!access) throw new Error(`${email} has no access`)
  return access
}

const [mira, noor] = [openAccess('mira'), openAccess('noor')]
const select = (access: OrganizationAccess, text: string) => selectProjects(new URLSearchParams(text), access)
const slugs = (access: OrganizationAccess, text: string) => select(access, text).map(({ slug }) => slug)
const choose = (text: string) => selectEnvironments(new URLSearchParams(text), mira.organization)

function readStatus(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error instanceof ApiError ? error.answer.status : error
  }
}

test('without a parameter these are the projects of the caller’s own teams, even for an owner', () => {
  expect(slugs(mira, '')).toEqual(['conveyor-control', 'metrics-collector', 'edge-proxy', 'cron-runner'])
  expect(slugs(noor, '')).toHaveLength(12)
})

test('-1 and $all are all that the caller may see', () => {
  expect(select(mira, 'project=-1')).toHaveLength(42)
  expect(select(noor, 'project=-1')).toHaveLength(12)
  expect(slugs(noor, 'projectSlug=$all')).toEqual(slugs(noor, 'project=-1'))
})

test('projects are named by id and by slug, each counts once', () => {
  const [shop] = select(mira, 'project=shop-web')
  expect(slugs(mira, `project=${shop?.id}&project=shop-web&project=ledger`)).toEqual(['shop-web', 'ledger'])
  expect(slugs(mira, 'projectSlug=ledger')).toEqual(['ledger'])
})

test('a project that is hidden, elsewhere or nowhere is forbidden', () => {
  for (const name of ['edge-proxy', 'seed-swap', 'nothing', '4507999999999999', 'Shop-Web']) {
    expect(readStatus(() => select(noor, `project=checkout&project=${name}`))).toBe(403)
  }
})

test('ids and slugs together are refused', () => {
  expect(readStatus(() => select(mira, 'project=-1&projectSlug=ledger'))).toBe(400)
})

test('environments are those of the organization', () => {
  expect(choose('')).toBeNull()
  expect(choose('environment=production&environment=staging')).toEqual(new Set(['production', 'staging']))
  expect(readStatus(() => choose('environment=production&environment=moon'))).toBe(404)
})
