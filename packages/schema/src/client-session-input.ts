import { decodeGlobalId } from './global-id.ts'
import { GraphError } from './graph-error.ts'
import type { Loaders } from './loaders.ts'
import type { ClientSessionInput } from './session-actions.ts'
import { durationSeconds } from './types/duration.ts'

interface ClientSessionWish {
  name: string
  expiresIn: string
  isReadOnly: boolean
  organizationIds?: readonly string[] | null | undefined
}

type Refusal =
  | { __typename: 'InvalidInputError'; field: string; message: string }
  | { __typename: 'NotFoundError'; ids: readonly string[]; message: string }

type Reading = { input: ClientSessionInput; refusal: null } | { input: null; refusal: Refusal }

const SHORTEST = 60
const LONGEST = 365 * 86_400
const MOST_ORGANIZATIONS = 100
const shownName = /^\P{Cc}{1,100}$/u

/** The wish as it can be granted, or what is wrong with it. Throws SentryApiError where organizations cannot be looked up. */
export async function readClientSession(wish: ClientSessionWish, loaders: Loaders): Promise<Reading> {
  const name = wish.name.trim()
  if (!shownName.test(name)) return invalid('name', 'The name has 1 to 100 characters, no control characters.')
  const lifetime = durationSeconds(wish.expiresIn) ?? 0
  if (lifetime < SHORTEST || lifetime > LONGEST) {
    return invalid('expiresIn', 'A client session lives for one minute at least and for 365 days at most.')
  }
  const ids = [...new Set(wish.organizationIds)]
  if (wish.organizationIds && (ids.length === 0 || ids.length > MOST_ORGANIZATIONS)) {
    return invalid('organizationIds', 'Name 1 to 100 organizations, or leave them out to allow all.')
  }
  const missing = await findMissing(ids, loaders)
  if (missing.length > 0) {
    const message = 'An organization does not exist, or you may not see it.'
    return refuse({ __typename: 'NotFoundError', message, ids: missing })
  }
  const organizations = wish.organizationIds ? ids.map((id) => decodeGlobalId(id).id) : null
  return { input: { name, lifetime, readOnly: wish.isReadOnly, organizations }, refusal: null }
}

function invalid(field: string, message: string): Reading {
  return refuse({ __typename: 'InvalidInputError', field, message })
}

function refuse(refusal: Refusal): Reading {
  return { input: null, refusal }
}

/** Those of the ids that are no organization's which the viewer sees. */
async function findMissing(ids: readonly string[], loaders: Loaders): Promise<string[]> {
  const found = await Promise.all(ids.map((id) => isOrganization(id, loaders)))
  return ids.filter((_, index) => found[index] !== true)
}

async function isOrganization(globalId: string, { organizations }: Loaders): Promise<boolean> {
  try {
    const { kind, id } = decodeGlobalId(globalId)
    return kind === 'Organization' && (await organizations.load(id)) !== null
  } catch (error) {
    if (error instanceof GraphError && (error.code === 'NOT_FOUND' || error.code === 'BAD_USER_INPUT')) return false
    throw error
  }
}
