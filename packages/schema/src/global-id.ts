import { GraphError } from './graph-error.ts'

const VERSION = 1

const numeric = /^\d{1,20}$/
const hex = /^[0-9a-f]{32}$/
// Newer servers number monitors, others give them a UUID.
const uuidOrNumber = /^(?:\d{1,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
// Sentry allows 250 characters: https://docs.sentry.io/product/releases/naming-releases/
const version = /^[^\0\r\n]{1,250}$/

/**
 * Whether a node of the kind belongs to an organization, and what its id looks like. A user is seen through one; the
 * viewer's own stands alone.
 */
const kinds = {
  Viewer: { belongs: 'never', id: numeric },
  User: { belongs: 'sometimes', id: numeric },
  Organization: { belongs: 'never', id: numeric },
  Project: { belongs: 'always', id: numeric },
  Team: { belongs: 'always', id: numeric },
  Member: { belongs: 'always', id: numeric },
  Issue: { belongs: 'always', id: numeric },
  Event: { belongs: 'always', id: hex },
  Monitor: { belongs: 'always', id: uuidOrNumber },
  Replay: { belongs: 'always', id: hex },
  Alert: { belongs: 'always', id: numeric },
  Release: { belongs: 'always', id: version },
} as const

export type NodeKind = keyof typeof kinds

/** What has an id of the same make without being a node: it cannot be asked for again by it. */
type PartKind = 'Deploy' | 'Commit' | 'Environment' | 'IssueActivity' | 'CheckIn'

// A version of 250 characters of four bytes each, in base64.
const LONGEST = 1500

/** What an opaque id holds. Sentry's ids are unique inside a region at best, so the organization is part of it. */
export interface GlobalId {
  kind: NodeKind
  /** The organization's numeric id; null for what belongs to none. */
  organizationId: string | null
  /** Sentry's own id; the version of a release, which Sentry asks for by that. */
  id: string
}

export function encodeGlobalId({ kind, organizationId, id }: GlobalId): string {
  return encode(kind, organizationId, id)
}

/** An id as unique as that of a node. */
export function encodePartId(kind: PartKind, organizationId: string, id: string): string {
  return encode(kind, organizationId, id)
}

function encode(kind: NodeKind | PartKind, organizationId: string | null, id: string): string {
  return Buffer.from([VERSION, kind, organizationId ?? '', id].join(':')).toString('base64url')
}

/** @throws GraphError `BAD_USER_INPUT` for anything that `encodeGlobalId` did not make. */
export function decodeGlobalId(text: string): GlobalId {
  const globalId = text.length > LONGEST ? null : readGlobalId(Buffer.from(text, 'base64url').toString())
  // One spelling per id: a base64 decoder also accepts padding, other alphabets and trailing bits.
  if (globalId === null || encodeGlobalId(globalId) !== text) {
    throw new GraphError('BAD_USER_INPUT', 'This is no id of this graph. Ids are opaque: pass them on as you got them.')
  }
  return globalId
}

function readGlobalId(decoded: string): GlobalId | null {
  const [, kind = '', organizationId = '', id = ''] = /^1:([A-Za-z]+):(\d{0,20}):(.+)$/s.exec(decoded) ?? []
  if (!isNodeKind(kind) || !belongsSo(kind, organizationId) || !kinds[kind].id.test(id)) return null
  return { kind, organizationId: organizationId === '' ? null : organizationId, id }
}

function isNodeKind(kind: string): kind is NodeKind {
  return Object.hasOwn(kinds, kind)
}

function belongsSo(kind: NodeKind, organizationId: string): boolean {
  const { belongs } = kinds[kind]
  return belongs === 'sometimes' || (belongs === 'always') === (organizationId !== '')
}
