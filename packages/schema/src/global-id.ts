import { GraphError } from './graph-error.ts'

const VERSION = 1
const nodeKinds = ['Viewer', 'User', 'Organization', 'Project', 'Team', 'Member'] as const

export type NodeKind = (typeof nodeKinds)[number]

/** What an opaque id holds. Sentry's ids are unique inside a region at best, so the organization is part of it. */
export interface GlobalId {
  kind: NodeKind
  /** The organization's numeric id; null for what belongs to none. */
  organizationId: string | null
  /** Sentry's numeric id. */
  id: string
}

export function encodeGlobalId({ kind, organizationId, id }: GlobalId): string {
  return Buffer.from([VERSION, kind, organizationId ?? '', id].join(':')).toString('base64url')
}

/** @throws GraphError `BAD_USER_INPUT` for anything that `encodeGlobalId` did not make. */
export function decodeGlobalId(text: string): GlobalId {
  const decoded = text.length > 200 ? '' : Buffer.from(text, 'base64url').toString()
  const [, kind, organizationId, id] = /^1:([A-Za-z]+):(\d{0,20}):(\d{1,20})$/.exec(decoded) ?? []
  const globalId = isNodeKind(kind) && id ? { kind, organizationId: organizationId || null, id } : null
  // One spelling per id: a base64 decoder also accepts padding, other alphabets and trailing bits.
  if (globalId === null || encodeGlobalId(globalId) !== text) {
    throw new GraphError(
      'BAD_USER_INPUT',
      'This is not an id of this graph. Ids are opaque: pass them on as you got them.',
    )
  }
  return globalId
}

function isNodeKind(kind: string | undefined): kind is NodeKind {
  return nodeKinds.some((known) => known === kind)
}
